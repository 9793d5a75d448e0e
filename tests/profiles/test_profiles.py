"""Who may see whose profile, and what of it."""

import pytest

from app.database import locked, now, transaction
from app.extensions import db
from app.forums.models import Post
from app.permissions import SpaceRole
from app.spaces import actions as spaces
from app.spaces.models import Membership, SpaceKind
from tests.factories import (
    make_account,
    make_forum,
    make_member,
    make_post,
    make_space,
    make_thread,
)


@pytest.fixture
def programme(app):
    return make_space("Quality dialogue", kind=SpaceKind.PROGRAMME, is_private=True)


@pytest.fixture
def group(programme):
    return make_space("Steering group South", programme)


@pytest.fixture
def anna(group, municipality):
    person = make_member(group, SpaceRole.COORDINATOR, name="Anna Auer")
    place = municipality("Musterstadt", state="Hessen")
    with transaction():
        row = locked(type(person), person.id)
        row.function, row.help_with = "Network coordinator", "Talks with\nmaternity clinics"
        row.municipality_id = place.id
    return person


@pytest.fixture
def ben(group):
    return make_member(group, name="Ben Baker")


def test_who_shares_a_space_sees_what_somebody_tells_of_themselves(browser, anna, ben):
    page = browser().sign_in(ben).get(f"/members/{anna.id}").text
    for words in (
        "Anna Auer",
        "Network coordinator",
        "Musterstadt, Hessen",
        "maternity clinics",
        "Steering group South",
        "Coordination",
    ):
        assert words in page
    assert anna.email not in page


def test_nobody_else_does(browser, anna, programme):
    others = [
        make_account(password_hash="none"),
        make_account(password_hash="none", standing="admin"),
        make_member(make_space("Elsewhere"), SpaceRole.COORDINATOR),
        make_member(programme),  # its groups are closed to it, and the other way round
    ]
    for other in others:
        answer = browser().sign_in(other).get(f"/members/{anna.id}")
        assert answer.status_code == 404
        assert "Anna" not in answer.text
    assert browser().get(f"/members/{anna.id}").status_code == 401
    assert browser().get("/members/99999").status_code == 401
    assert browser().sign_in(anna).get("/members/99999").status_code == 404


def test_who_leaves_is_seen_no_more(browser, anna, ben, group):
    with transaction():
        spaces.let_go(db.session.get_one(Membership, (group.id, ben.id)))
    assert browser().sign_in(ben).get(f"/members/{anna.id}").status_code == 404
    assert browser().sign_in(anna).get(f"/members/{ben.id}").status_code == 404


def test_only_what_the_reader_may_read_stands_there(browser, anna, ben):
    both = make_space("Both of us")
    hers = make_space("Hers alone")
    with transaction():
        for person in (anna, ben):
            spaces.admit(both, person)
        spaces.admit(hers, anna)
    shown = make_thread(make_forum(both), anna, "Shown thread")
    make_thread(make_forum(hers), anna, "Secret thread")
    hidden = make_post(shown, anna, "Hidden words")
    with transaction():
        locked(Post, hidden.id).hide(True)
    page = browser().sign_in(ben).get(f"/members/{anna.id}").text
    assert "Both of us" in page
    assert "Shown thread" in page
    for secret in ("Hers alone", "Secret thread", "Hidden words"):
        assert secret not in page
    own = browser().sign_in(anna).get(f"/members/{anna.id}").text
    assert "Secret thread" in own
    assert "Hidden words" not in own


def test_of_who_has_deleted_their_account_there_is_none(browser, anna, ben):
    with transaction():
        locked(type(anna), anna.id).deleted_at = now()
    assert browser().sign_in(ben).get(f"/members/{anna.id}").status_code == 404


def test_one_s_own_leads_to_changing_it(browser, ben):
    here = browser().sign_in(ben)
    assert 'href="/profile"' in here.get(f"/members/{ben.id}").text
    form = {"name": "Ben Baker", "language": "en", "help_with": "Budgets"}
    assert here.post("/profile", data=form).status_code == 303
    assert "Budgets" in here.get(f"/members/{ben.id}").text
    assert here.post("/profile", data={**form, "help_with": "x" * 501}).status_code == 422
