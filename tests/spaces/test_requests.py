import re

import pytest
from sqlalchemy import select

from app.database import transaction
from app.extensions import db
from app.permissions import SpaceRole
from app.spaces import actions
from app.spaces.facts import JoinRequestAnswered, JoinRequestMade
from app.spaces.models import JoinRequest, Membership
from tests.factories import make_account, make_member


@pytest.fixture
def cora(browser, programme, coordinator, put):
    put(programme, coordinator, SpaceRole.COORDINATOR)
    return browser().sign_in(coordinator)


@pytest.fixture
def mia(browser, cora, member):
    """Who reads the programme, being in its cluster, and is no member of it."""
    return browser().sign_in(member)


def ask(who, space, words="Please let me in.", key=""):
    query = f"?key={key}" if key else ""
    return who.post(f"/spaces/{space.id}/request{query}", data={"words": words})


def waiting():
    return db.session.scalars(select(JoinRequest)).all()


def test_who_may_read_an_open_space_can_ask(
    mia, programme, coordinator, member, letters, announced
):
    assert "Ask to join" in mia.get(f"/spaces/{programme.id}").text
    assert ask(mia, programme).status_code == 303
    (letter,) = letters()
    assert letter.recipient == coordinator.email
    assert "Please let me in." in letter.text
    assert announced(coordinator.channel)[-1] == JoinRequestMade(programme.id, member.id)
    assert JoinRequestMade(programme.id, member.id) not in announced(programme.channel)


def test_asking_twice_is_one_request_and_one_letter(mia, programme, letters):
    ask(mia, programme)
    ask(mia, programme, "Once more")
    assert [request.words for request in waiting()] == ["Once more"]
    assert len(letters()) == 1


def test_coordinators_let_in_and_the_person_is_told(
    mia, cora, programme, member, letters, announced
):
    ask(mia, programme)
    page = cora.get(f"/spaces/{programme.id}/people").text
    assert "Please let me in." in page
    answer = cora.post(f"/spaces/{programme.id}/requests/{member.id}/grant")
    assert answer.status_code == 303
    assert db.session.get(Membership, (programme.id, member.id)).role == SpaceRole.MEMBER
    assert waiting() == []
    assert letters()[-1].recipient == member.email
    assert JoinRequestAnswered(programme.id, member.id, True) in announced(member.channel)


def test_coordinators_decline_and_the_person_is_told(mia, cora, programme, member, letters):
    ask(mia, programme)
    assert cora.delete(f"/spaces/{programme.id}/requests/{member.id}").status_code == 303
    assert db.session.get(Membership, (programme.id, member.id)) is None
    assert waiting() == []
    assert letters()[-1].recipient == member.email


def test_a_request_is_answered_once(mia, cora, programme, member, letters):
    ask(mia, programme)
    cora.post(f"/spaces/{programme.id}/requests/{member.id}/grant")
    assert cora.delete(f"/spaces/{programme.id}/requests/{member.id}").status_code == 404
    assert db.session.get(Membership, (programme.id, member.id)) is not None


def test_a_request_can_be_taken_back(mia, programme):
    ask(mia, programme)
    assert mia.delete(f"/spaces/{programme.id}/request").status_code == 303
    assert waiting() == []


def test_who_comes_in_another_way_asks_no_more(mia, programme, member, put):
    ask(mia, programme)
    put(programme, member)
    assert waiting() == []


def test_members_see_no_requests_and_answer_none(mia, browser, programme, member):
    other = browser().sign_in(make_member(programme))
    ask(mia, programme)
    assert "Please let me in." not in other.get(f"/spaces/{programme.id}/people").text
    assert other.post(f"/spaces/{programme.id}/requests/{member.id}/grant").status_code == 403
    assert mia.post(f"/spaces/{programme.id}/requests/{member.id}/grant").status_code == 403
    assert len(waiting()) == 1


def test_a_space_may_be_by_invitation_only(mia, programme):
    with transaction():
        actions.change_space(programme, joining="invited")
    assert ask(mia, programme).status_code == 409
    assert "by invitation only" in mia.get(f"/spaces/{programme.id}/request").text


@pytest.fixture
def key(browser, coordinator, cluster):
    """The key of the link by which the private cluster can be asked."""
    cora = browser().sign_in(coordinator)
    assert cora.post(f"/spaces/{cluster.id}/request-link").status_code == 303
    page = cora.get(f"/spaces/{cluster.id}/invitations").text
    return re.search(r"request\?key=([\w-]+)", page).group(1)


def test_a_private_space_is_asked_by_its_link_alone(browser, cluster, outsider, key):
    ole = browser().sign_in(outsider)
    for wrong in ("", "x", "ä"):
        assert ole.get(f"/spaces/{cluster.id}/request?key={wrong}").status_code == 404
        assert ask(ole, cluster, key=wrong).status_code == 404
    assert "Cluster 1" in ole.get(f"/spaces/{cluster.id}/request?key={key}").text
    assert ask(ole, cluster, key=key).status_code == 303
    assert "Your request is with" in ole.get(f"/spaces/{cluster.id}/request").text
    assert ole.get(f"/spaces/{cluster.id}").status_code == 404


def test_a_new_link_ends_the_old_and_it_can_be_closed(browser, cluster, coordinator, outsider, key):
    cora, ole = browser().sign_in(coordinator), browser().sign_in(outsider)
    cora.post(f"/spaces/{cluster.id}/request-link")
    assert ole.get(f"/spaces/{cluster.id}/request?key={key}").status_code == 404
    cora.delete(f"/spaces/{cluster.id}/request-link")
    assert cluster.request_key is None
    assert ole.get(f"/spaces/{cluster.id}/request").status_code == 404


def test_links_are_made_by_coordinators(browser, cluster, member, outsider, key):
    for who, status in ((member, 403), (outsider, 404)):
        someone = browser().sign_in(who)
        assert someone.post(f"/spaces/{cluster.id}/request-link").status_code == status
        assert someone.delete(f"/spaces/{cluster.id}/request-link").status_code == status
    assert cluster.request_key == key


def test_nobody_asks_without_an_account(browser, cluster, key):
    assert browser().get(f"/spaces/{cluster.id}/request?key={key}").status_code == 401
    assert ask(browser(), cluster, key=key).status_code == 401


def test_those_who_cannot_sign_in_any_more_are_not_let_in_by_mistake(
    browser, cluster, coordinator, key
):
    ole = make_account(password_hash="x")
    ask(browser().sign_in(ole), cluster, key=key)
    with transaction():
        ole.deactivated_at = ole.created_at
    page = browser().sign_in(coordinator).get(f"/spaces/{cluster.id}/people").text
    assert "Please let me in." not in page
