import re

import pytest
from sqlalchemy import select

from app.extensions import db
from app.permissions import SpaceRole
from app.spaces.facts import AccessChanged, SpaceChanged
from app.spaces.models import Membership, Space
from tests.factories import make_account, make_member

SETTINGS = {"name": "Cluster One", "description": "", "privacy": "private", "joining": "request"}


@pytest.fixture
def cora(browser, coordinator):
    return browser().sign_in(coordinator)


def save(who, space, **changes):
    return who.post(f"/spaces/{space.id}/settings", data={**SETTINGS, **changes})


def test_coordinators_change_the_settings(cora, cluster, announced):
    assert save(cora, cluster, description="For four towns", joining="open").status_code == 303
    assert (cluster.name, cluster.description) == ("Cluster One", "For four towns")
    assert cluster.joining == "open"
    assert SpaceChanged(cluster.id) in announced(cluster.channel)
    page = cora.get(f"/spaces/{cluster.id}/settings").text
    assert "For four towns" in page
    assert re.search(r'<input(?=[^>]*value="open")(?=[^>]*name="joining")[^>]* checked', page)


def test_nothing_is_closed_that_was_not_open(cora, cluster, announced):
    save(cora, cluster)
    assert AccessChanged(cluster.id, None) not in announced("access")


def test_opening_and_closing_holds_at_once(cora, browser, programme, cluster, announced):
    reader = browser().sign_in(make_member(programme))
    assert reader.get(f"/spaces/{cluster.id}").status_code == 404
    save(cora, cluster, privacy="open")
    assert reader.get(f"/spaces/{cluster.id}").status_code == 200
    save(cora, cluster, privacy="private")
    assert reader.get(f"/spaces/{cluster.id}").status_code == 404
    assert reader.get(f"/spaces/{cluster.id}/people").status_code == 404
    assert announced("access").count(AccessChanged(cluster.id, None)) == 2


def test_without_readers_those_there_are_see_nothing_more(cora, browser, programme, cluster, put):
    reading = make_account(password_hash="x")
    save(cora, cluster, allows_readers="y")
    put(cluster, reading, SpaceRole.READER)
    reader = browser().sign_in(reading)
    for space in (cluster, programme):
        assert reader.get(f"/spaces/{space.id}").status_code == 200
    save(cora, cluster)
    for space in (cluster, programme):
        assert reader.get(f"/spaces/{space.id}").status_code == 404


def test_shutting_readers_out_closes_the_open_spaces_too(cora, programme, cluster, announced):
    save(cora, cluster, allows_readers="y")
    save(cora, cluster)
    assert AccessChanged(programme.id, None) in announced("access")


def test_members_and_outsiders_change_nothing(browser, cluster, member, outsider):
    for who, status in ((member, 403), (outsider, 404)):
        someone = browser().sign_in(who)
        assert save(someone, cluster).status_code == status
        assert someone.post(f"/spaces/{cluster.id}/archive").status_code == status
        assert someone.delete(f"/spaces/{cluster.id}/archive").status_code == status
        assert someone.get(f"/spaces/{cluster.id}/new").status_code == status
    assert save(browser(), cluster).status_code == 401
    assert cluster.name == "Cluster 1"


def test_coordinators_above_have_no_say_below(browser, programme, cluster, group, coordinator):
    above = browser().sign_in(make_member(programme, SpaceRole.COORDINATOR))
    assert save(above, cluster).status_code == 404
    assert browser().sign_in(coordinator).get(f"/spaces/{group.id}/settings").status_code == 404


def test_archiving_can_be_undone(cora, cluster):
    cora.post(f"/spaces/{cluster.id}/archive")
    assert cluster.archived_at is not None
    cora.delete(f"/spaces/{cluster.id}/archive")
    assert cluster.archived_at is None


@pytest.mark.parametrize("name", ["", " \u200b ", "x" * 121])
def test_a_space_has_a_name(cora, cluster, name):
    assert save(cora, cluster, name=name).status_code == 422


def make(who, where, **form):
    return who.post(where, data={**SETTINGS, "name": "Fresh", "kind": "free", **form})


def test_whoever_makes_a_space_coordinates_it(cora, cluster, coordinator):
    answer = make(cora, f"/spaces/{cluster.id}/new", kind="steering")
    fresh = db.session.scalar(select(Space).where(Space.name == "Fresh"))
    assert answer.location == f"/spaces/{fresh.id}/invitations"
    assert (fresh.parent_id, fresh.root_id) == (cluster.id, cluster.root_id)
    membership = db.session.get(Membership, (fresh.id, coordinator.id))
    assert membership.role == SpaceRole.COORDINATOR


def test_programmes_are_made_by_those_who_make_events(browser, organiser, admin, coordinator):
    assert make(browser(), "/spaces/new", kind="programme").status_code == 401
    assert make(browser().sign_in(coordinator), "/spaces/new").status_code == 403
    for account in (organiser, admin):
        assert make(browser().sign_in(account), "/spaces/new", kind="programme").status_code == 303
    tops = db.session.scalars(select(Space).where(Space.name == "Fresh")).all()
    assert [top.root_id for top in tops] == [top.id for top in tops]


def test_a_cluster_is_no_top_and_a_programme_stands_nowhere_below(
    browser, organiser, cora, cluster
):
    assert make(browser().sign_in(organiser), "/spaces/new", kind="cluster").status_code == 422
    assert make(cora, f"/spaces/{cluster.id}/new", kind="programme").status_code == 422


def test_the_colour_of_a_programme_is_that_of_all_below(browser, programme, cluster, member, put):
    put(programme, member, SpaceRole.COORDINATOR)
    mia = browser().sign_in(member)
    save(mia, programme, accent="moss", privacy="open")
    assert 'data-accent="moss"' in mia.get(f"/spaces/{cluster.id}").text
    assert save(mia, programme, accent="#fff; evil").status_code == 422
