"""One's own account: profile, password, tokens, data, and its end."""

import pytest

from app.accounts.models import Account
from app.database import transaction
from app.events.models import Participant
from app.extensions import db
from app.identity import TokenKind, issue, valid_token
from app.permissions import Role
from tests.accounts.conftest import PASSWORD

NEW = "a wholly different one"


@pytest.fixture
def mia(browser, member):
    here = browser()
    here.post("/sign-in", data={"email": "mia@example.org", "password": PASSWORD, "stay": "y"})
    return here


def saved(member):
    return db.session.get_one(Account, member.id)


def test_a_profile_is_changed(mia, member, municipality):
    town = municipality("Auental")
    form = {
        "name": " Mia Neu ",
        "function": "Network coordinator",
        "language": "en",
        "municipality": str(town.id),
    }
    assert mia.post("/profile", data=form).status_code == 303
    account = saved(member)
    assert (account.name, account.function) == ("Mia Neu", "Network coordinator")
    assert account.municipality_id == town.id
    page = mia.get("/profile").text
    assert "Mia Neu" in page
    assert f'<option selected value="{town.id}">' in page


def test_the_language_of_the_profile_is_newer_than_that_of_the_device(mia, member):
    mia.post("/language", data={"language": "en"})
    mia.post("/profile", data={"name": "Mia", "language": "de", "municipality": ""})
    assert '<html lang="de"' in mia.get("/profile").text


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 81}, {"language": "fr"}, {"municipality": "999999"}]
)
def test_what_cannot_be_is_refused_with_what_was_typed(mia, member, wrong):
    form = {
        "name": "Mia",
        "function": "What I typed",
        "language": "en",
        "municipality": "",
        **wrong,
    }
    answer = mia.post("/profile", data=form)
    assert answer.status_code == 422
    assert "What I typed" in answer.text
    assert saved(member).function == ""


def change_password(here, present=PASSWORD, new=NEW):
    return here.post("/profile/password", data={"password": present, "new_password": new})


def test_changing_the_password_signs_out_all_other_devices(mia, browser, member, letters):
    other = browser()
    other.post("/sign-in", data={"email": "mia@example.org", "password": PASSWORD})
    assert change_password(mia).status_code == 303
    assert mia.get("/profile").status_code == 200
    assert other.get("/profile").status_code == 302
    assert letters()[-1].subject == "Your password was changed"
    answer = browser().post("/sign-in", data={"email": "mia@example.org", "password": NEW})
    assert answer.status_code == 303


def test_changing_the_password_ends_links_to_other_devices_and_no_program(
    mia, member, event, appoint, browser
):
    visitor = appoint(event, Role.MODERATOR, "Mia", account_id=member.id)
    with transaction():
        program = issue(TokenKind.API, account_id=member.id)
        links = [
            f"/{kind.value}/{issue(kind, participant_id=visitor.participant_id)}"
            for kind in (TokenKind.RETURN, TokenKind.REMOTE)
        ]
    assert [browser().get(link).status_code for link in links] == [200, 200]
    assert change_password(mia).status_code == 303
    for link in links:
        assert browser().get(link).status_code == 404
        assert browser().post(link).status_code == 404
    assert valid_token(program, TokenKind.API) is not None


def test_the_present_password_is_needed(mia, member):
    before = saved(member).password_hash
    answer = change_password(mia, "not my password")
    assert answer.status_code == 422
    assert "present password" in answer.text
    assert NEW not in answer.text
    assert change_password(mia, new="short").status_code == 422
    assert saved(member).password_hash == before


def test_guessing_the_present_password_is_slowed_down(mia, member, limited):
    for n in range(8):
        change_password(mia, f"guess number {n}")
    assert "ten minutes" in change_password(mia).text


def test_a_token_is_shown_once_and_acts_for_the_account(mia, member):
    answer = mia.post("/profile/tokens", data={"token_name": "Statistics"})
    secret = answer.text.split('id="new-secret" value="')[1].split('"')[0]
    assert answer.headers["Cache-Control"] == "no-store"
    assert valid_token(secret, TokenKind.API).account_id == member.id
    page = mia.get("/profile").text
    assert "Statistics" in page
    assert secret not in page


def test_a_token_is_revoked_by_its_owner_only(mia, browser, member, admin):
    with transaction():
        secret = issue(TokenKind.API, account_id=member.id, name="Statistics")
    path = "/profile/tokens/" + valid_token(secret, TokenKind.API).hash[:12]
    assert browser().sign_in(admin).delete(path).status_code == 404
    assert browser().delete(path).status_code == 401
    assert valid_token(secret, TokenKind.API) is not None
    assert mia.delete(path).status_code == 303
    assert valid_token(secret, TokenKind.API) is None
    assert "Statistics" not in mia.get("/profile").text


def test_the_data_can_be_taken_along(mia, member, event, appoint):
    appoint(event, Role.PARTICIPANT, "Mia", account_id=member.id)
    answer = mia.get("/profile/data.json")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.json["account"]["email"] == "mia@example.org"
    assert answer.json["events"][0]["participant"]["event"] == event.title
    assert "password" not in answer.text
    assert "hash" not in answer.text


def delete(here, password=PASSWORD, keep_name="yes"):
    form = {"password": password, "keep_name": keep_name, "keep_words": "yes"}
    return here.post("/profile/deletion", data=form)


@pytest.mark.parametrize(("keep", "name"), [("yes", "Mia"), ("no", "")])
def test_deleting_unlinks_what_was_written(mia, browser, member, event, appoint, keep, name):
    visitor = appoint(event, Role.MODERATOR, "Mia", account_id=member.id)
    with transaction():
        personal = issue(TokenKind.API, account_id=member.id)
        returning = issue(TokenKind.RETURN, participant_id=visitor.participant_id)
    assert delete(mia, keep_name=keep).status_code == 303
    account, person = saved(member), db.session.get_one(Participant, visitor.participant_id)
    assert account.deleted_at is not None
    assert (account.email, account.password_hash, account.municipality_id) == (None, None, None)
    assert account.name == ("Mia Member" if keep == "yes" else "")
    assert (person.account_id, person.name, person.role) == (None, name, Role.PARTICIPANT)
    assert valid_token(personal, TokenKind.API) is None
    assert valid_token(returning, TokenKind.RETURN) is None
    assert mia.get("/profile").status_code == 302
    answer = browser().post("/sign-in", data={"email": "mia@example.org", "password": PASSWORD})
    assert answer.status_code == 422


def test_two_accounts_can_be_deleted_and_the_address_be_used_again(browser, account):
    from tests.accounts.conftest import HASH

    for _ in range(2):
        somebody = account("mia@example.org", password_hash=HASH)
        assert delete(browser().sign_in(somebody)).status_code == 303


def test_deleting_needs_the_password(mia, member):
    assert "cannot be undone" in mia.get("/profile/deletion").text
    assert delete(mia, "not my password").status_code == 422
    assert delete(mia, keep_name="perhaps").status_code == 422
    assert saved(member).deleted_at is None


def test_the_last_admin_stays(browser, admin, account):
    ada = browser().sign_in(admin)
    assert delete(ada).status_code == 409
    account("second@example.org", standing="admin", password_hash="x")
    assert delete(ada).status_code == 303


@pytest.mark.parametrize("path", ["/profile", "/profile/data.json", "/profile/deletion"])
def test_who_is_not_signed_in_is_asked_to(browser, path):
    assert browser().get(path).status_code == 302


@pytest.mark.parametrize(
    "path", ["/profile", "/profile/password", "/profile/tokens", "/profile/deletion"]
)
def test_the_forms_need_their_token(mia, path, forgery_checked):
    assert mia.post(path, data={"password": PASSWORD, "keep_name": "yes"}).status_code == 422
    assert mia.get("/profile").status_code == 200
