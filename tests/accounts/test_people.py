"""What admins do with accounts."""

import html
import re

import pytest

from app.accounts.models import Account
from app.database import now, transaction
from app.events.facts import ParticipantChanged
from app.extensions import db
from app.identity import Token, TokenKind, issue, valid_token
from app.permissions import Role
from tests.accounts.conftest import PASSWORD


def now_is(account):
    return db.session.get_one(Account, account.id)


def test_admins_see_everybody(browser, admin, member, account):
    account("ida@example.org", name="Ida Invited")
    page = browser().sign_in(admin).get("/people").text
    for word in ("Ada Admin", "mia@example.org", "Ida Invited", "invited"):
        assert word in page


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/people"),
        ("POST", "/people/{}/standing"),
        ("POST", "/people/{}/deactivation"),
        ("DELETE", "/people/{}/deactivation"),
        ("POST", "/people/{}/invitation"),
        ("DELETE", "/people/{}/invitation"),
    ],
)
def test_nobody_else_does(browser, admin, organiser, member, method, path):
    url = path.format(admin.id)
    for account in (organiser, member):
        answer = browser().sign_in(account).open(url, method=method, data={"standing": "member"})
        assert answer.status_code == 403
        assert "Ada Admin" not in answer.text
    assert browser().open(url, method=method).status_code == (302 if method == "GET" else 401)
    assert now_is(admin).standing == "admin"
    assert now_is(admin).is_active


def test_an_admin_changes_what_somebody_may(browser, admin, member):
    ada = browser().sign_in(admin)
    answer = ada.post(f"/people/{member.id}/standing", data={"standing": "organiser"})
    assert answer.status_code == 303
    assert now_is(member).may_create_events
    assert ada.post(f"/people/{member.id}/standing", data={"standing": "king"}).status_code == 422
    assert ada.post("/people/999999/standing", data={"standing": "member"}).status_code == 404


def test_not_for_themselves(browser, admin):
    ada = browser().sign_in(admin)
    answer = ada.post(f"/people/{admin.id}/standing", data={"standing": "member"})
    assert answer.status_code == 403
    assert ada.post(f"/people/{admin.id}/deactivation").status_code == 403
    assert now_is(admin).is_admin


def test_who_is_deactivated_is_out_everywhere(browser, admin, member, event, appoint, announced):
    mia = browser()
    mia.post("/sign-in", data={"email": "mia@example.org", "password": PASSWORD})
    person = appoint(event, Role.MODERATOR, account_id=member.id)
    with transaction():
        personal = issue(TokenKind.API, account_id=member.id)
        returning = issue(TokenKind.RETURN, participant_id=person.participant_id)
    assert person.get(f"/e/{event.code}/cockpit").status_code == 200
    answer = browser().sign_in(admin).post(f"/people/{member.id}/deactivation")
    assert answer.status_code == 303
    assert mia.get("/profile").status_code == 302
    assert person.get(f"/e/{event.code}/cockpit").status_code == 401
    assert valid_token(personal, TokenKind.API) is None
    assert valid_token(returning, TokenKind.RETURN) is None
    fact = ParticipantChanged(event.id, person.participant_id)
    assert fact in announced(person.person.channel)


def test_and_can_be_let_in_again(browser, admin, member):
    ada = browser().sign_in(admin)
    for _ in range(2):
        assert ada.post(f"/people/{member.id}/deactivation").status_code == 303
    for _ in range(2):
        assert ada.delete(f"/people/{member.id}/deactivation").status_code == 303
    answer = browser().post("/sign-in", data={"email": "mia@example.org", "password": PASSWORD})
    assert answer.status_code == 303


def test_an_invited_admin_does_not_count_as_the_last_one(browser, admin, account):
    account("ida@example.org", standing="admin")
    form = {"password": PASSWORD, "keep_name": "yes"}
    assert browser().sign_in(admin).post("/profile/deletion", data=form).status_code == 409
    assert now_is(admin).is_active


def test_the_forms_need_their_token(browser, admin, member, forgery_checked):
    ada = browser().sign_in(admin)
    assert ada.post(f"/people/{member.id}/deactivation").status_code == 422
    assert now_is(member).is_active
    assert db.session.query(Token).count() == 0


def found_by(here, **wanted):
    """The names that a search shows."""
    page = here.get("/people", query_string=wanted).text
    return re.findall(r"<td>\s*<strong>([^<]+)</strong>", page)


def test_people_are_looked_for(browser, admin, account, municipality):
    place = municipality("Görlitz")
    account(name="Örjan Özdemir", function="Amtsleitung", municipality_id=place.id)
    account(name="Paul Percent", email="100%@example.org", password_hash="none")
    account(name="Dora Gone", deactivated_at=now(), password_hash="none", standing="organiser")
    ada = browser().sign_in(admin)
    assert found_by(ada, q="özdemir") == ["Örjan Özdemir"]
    assert found_by(ada, q="amtsleit görl") == ["Örjan Özdemir"]
    assert found_by(ada, q="100%") == ["Paul Percent"]
    assert found_by(ada, q="nobody at all") == []
    assert found_by(ada, municipality=place.id) == ["Örjan Özdemir"]
    assert found_by(ada, standing="organiser") == ["Dora Gone"]
    assert found_by(ada, state="invited") == ["Örjan Özdemir"]
    assert found_by(ada, state="deactivated") == ["Dora Gone"]
    assert found_by(ada, standing="admin", q="ada") == ["Ada Admin"]
    assert len(found_by(ada, municipality="9999", standing="king", state="x", after="x")) == 4


def test_many_people_come_some_at_a_time(browser, admin, account, monkeypatch):
    monkeypatch.setattr("app.accounts.routes.people.AT_ONCE", 3)
    for name in ("Cleo", "Ben", "cleo", "Dan", "Eva"):
        account(name=name, password_hash="none")
    ada = browser().sign_in(admin)
    seen, url = [], "/people?state=active"
    for _ in range(2):
        page = ada.get(url).text
        seen += re.findall(r"<td>\s*<strong>([^<]+)</strong>", page)
        further = re.search(r'href="([^"]+after=[^"]+)"', page)
        url = html.unescape(further.group(1)) if further else None
    assert [name.lower() for name in seen] == ["ada admin", "ben", "cleo", "cleo", "dan", "eva"]
    assert url is None
    assert "6 people" in page


def test_a_change_leads_back_to_whom_one_looked_for(browser, admin, member):
    here = browser().sign_in(admin)
    answer = here.post(
        f"/people/{member.id}/standing",
        data={"standing": "organiser"},
        headers={"Referer": "http://localhost/people?q=mia"},
    )
    assert answer.location == "/people?q=mia"


def test_the_last_admin_cannot_be_made_less(browser, admin, account):
    other = account(name="Otto Other", standing="admin", password_hash="none")
    ada, otto = browser().sign_in(admin), browser().sign_in(other)
    assert ada.post(f"/people/{other.id}/standing", data={"standing": "member"}).status_code == 303
    assert otto.post(f"/people/{admin.id}/standing", data={"standing": "member"}).status_code == 403
    assert now_is(admin).is_admin
