"""What admins do with accounts."""

import pytest

from app.accounts.models import Account
from app.database import transaction
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
