import pytest

from app.database import transaction
from app.extensions import db
from app.permissions import SpaceRole
from app.spaces import actions
from app.spaces.facts import AccessChanged, MembershipChanged
from app.spaces.models import Membership
from tests.factories import make_account, make_member


@pytest.fixture
def cora(browser, coordinator):
    return browser().sign_in(coordinator)


def role(space, account):
    row = db.session.get(Membership, (space.id, account.id))
    return row.role if row else None


def test_coordinators_change_what_somebody_is(cora, cluster, member, announced):
    url = f"/spaces/{cluster.id}/people/{member.id}/role"
    assert cora.post(url, data={"role": "coordinator"}).status_code == 303
    assert role(cluster, member) == SpaceRole.COORDINATOR
    assert MembershipChanged(cluster.id, member.id) in announced(cluster.channel)
    assert AccessChanged(cluster.id, member.id) in announced("access")


def test_readers_are_only_where_the_space_has_them(cora, cluster, member):
    url = f"/spaces/{cluster.id}/people/{member.id}/role"
    assert cora.post(url, data={"role": "reader"}).status_code == 422
    with transaction():
        actions.allow_readers(cluster, True)
    assert cora.post(url, data={"role": "reader"}).status_code == 303
    assert role(cluster, member) == SpaceRole.READER


def test_coordinators_take_people_out(cora, cluster, member, browser):
    assert cora.delete(f"/spaces/{cluster.id}/people/{member.id}").status_code == 303
    assert role(cluster, member) is None
    assert browser().sign_in(member).get(f"/spaces/{cluster.id}").status_code == 404


def test_the_last_coordinator_stays_what_they_are(cora, cluster, coordinator):
    mine = f"/spaces/{cluster.id}/people/{coordinator.id}"
    assert cora.post(f"{mine}/role", data={"role": "member"}).status_code == 409
    assert cora.delete(mine).status_code == 409
    assert cora.delete(f"/spaces/{cluster.id}/membership").status_code == 409
    assert role(cluster, coordinator) == SpaceRole.COORDINATOR


def test_one_who_cannot_sign_in_is_no_other_coordinator(cora, cluster):
    away = make_member(cluster, SpaceRole.COORDINATOR)
    with transaction():
        away.deactivated_at = away.created_at
    assert cora.delete(f"/spaces/{cluster.id}/membership").status_code == 409


def test_a_coordinator_may_go_when_there_is_another(cora, cluster, coordinator):
    make_member(cluster, SpaceRole.COORDINATOR)
    answer = cora.delete(f"/spaces/{cluster.id}/membership")
    assert answer.location == "/spaces"
    assert role(cluster, coordinator) is None


def test_members_leave_by_themselves(browser, cluster, member, coordinator):
    mia = browser().sign_in(member)
    assert mia.delete(f"/spaces/{cluster.id}/membership").status_code == 303
    assert role(cluster, member) is None
    assert mia.delete(f"/spaces/{cluster.id}/membership").status_code == 404


def test_members_decide_about_nobody(browser, cluster, member, coordinator, outsider):
    for who, status in ((member, 403), (outsider, 404)):
        someone = browser().sign_in(who)
        mine = f"/spaces/{cluster.id}/people/{coordinator.id}"
        assert someone.post(f"{mine}/role", data={"role": "member"}).status_code == status
        assert someone.delete(mine).status_code == status
        assert someone.post(f"/spaces/{cluster.id}/coordination").status_code == status
    assert browser().delete(f"/spaces/{cluster.id}/membership").status_code == 401
    assert role(cluster, coordinator) == SpaceRole.COORDINATOR


def test_leaving_shuts_one_out_of_the_open_spaces_too(
    browser, programme, cluster, member, announced
):
    browser().sign_in(member).delete(f"/spaces/{cluster.id}/membership")
    assert AccessChanged(programme.id, member.id) in announced("access")
    assert browser().sign_in(member).get(f"/spaces/{programme.id}").status_code == 404


def test_an_open_space_is_joined_with_one_tap(browser, programme, member):
    mia = browser().sign_in(member)
    assert mia.post(f"/spaces/{programme.id}/membership").status_code == 409
    with transaction():
        actions.change_space(programme, joining="open")
    assert "Join this space" in mia.get(f"/spaces/{programme.id}").text
    assert mia.post(f"/spaces/{programme.id}/membership").status_code == 303
    assert role(programme, member) == SpaceRole.MEMBER
    assert "Join this space" not in mia.get(f"/spaces/{programme.id}").text


def test_joining_again_takes_no_role_away(browser, programme, coordinator, put):
    put(programme, coordinator, SpaceRole.COORDINATOR)
    with transaction():
        actions.change_space(programme, joining="open")
    assert (
        browser().sign_in(coordinator).post(f"/spaces/{programme.id}/membership").status_code == 303
    )
    assert role(programme, coordinator) == SpaceRole.COORDINATOR


def test_a_private_space_is_joined_by_nobody(browser, cluster, outsider, group, put):
    with transaction():
        actions.change_space(cluster, joining="open")
    below = make_account(password_hash="x")
    put(group, below)
    for who in (outsider, below):
        answer = browser().sign_in(who).post(f"/spaces/{cluster.id}/membership")
        assert answer.status_code == 404


def test_an_admin_looks_after_a_space_without_reading_it(browser, admin, cluster, member):
    ada = browser().sign_in(admin)
    assert ada.get(f"/spaces/{cluster.id}").status_code == 404
    assert ada.get(f"/spaces/{cluster.id}/settings").status_code == 200
    people = ada.get(f"/spaces/{cluster.id}/people").text
    assert "Mia Member" in people
    assert 'data-channel="space:' not in people
    forest = ada.get("/spaces/administration").text
    assert "Cluster 1" in forest
    assert "no coordinator" in forest


def test_only_admins_see_the_forest(browser, coordinator, organiser):
    assert browser().get("/spaces/administration").status_code == 401
    for account in (coordinator, organiser):
        assert browser().sign_in(account).get("/spaces/administration").status_code == 403


def test_an_admin_who_lets_themselves_in_is_seen(browser, admin, cluster, coordinator, letters):
    ada = browser().sign_in(admin)
    assert ada.post(f"/spaces/{cluster.id}/coordination").status_code == 303
    assert ada.get(f"/spaces/{cluster.id}").status_code == 200
    assert (
        "Let themselves in as an admin"
        in browser().sign_in(coordinator).get(f"/spaces/{cluster.id}/people").text
    )
    (letter,) = letters()
    assert letter.recipient == coordinator.email
    assert "Ada Admin" in letter.text


def test_in_an_archived_space_members_only_read(cluster, member, coordinator):
    from app.spaces.identity import member_of

    with transaction():
        actions.archive(cluster, True)
    assert member_of(cluster, member).role == SpaceRole.READER
    assert member_of(cluster, coordinator).role == SpaceRole.COORDINATOR
