"""A forgotten password."""

from datetime import timedelta

import pytest
from itsdangerous import TimestampSigner

from app.accounts import links
from app.accounts.links import Purpose
from app.accounts.models import Account
from app.database import now, transaction
from app.extensions import db
from tests.accounts.conftest import PASSWORD

NEW = "a wholly different one"


def ask(browser, email="mia@example.org"):
    return browser.post("/password-reset", data={"email": email})


def choose(browser, link, password=NEW):
    return browser.post(link, data={"new_password": password})


def sign_in(browser, password, email="mia@example.org"):
    return browser.post("/sign-in", data={"email": email, "password": password})


@pytest.fixture
def link(browser, member, letters, link_in):
    ask(browser())
    return link_in(letters()[-1])


def test_the_link_goes_to_the_account_in_its_language(browser, member, letters):
    ask(browser("de"), " MIA@example.org ")
    (letter,) = letters()
    assert letter.recipient == "mia@example.org"
    assert letter.language == "en"
    assert letter.subject == "A new password for Dialograum"
    assert "Hello Mia Member" in letter.text
    assert letter.good_until - now() == pytest.approx(timedelta(hours=1), abs=timedelta(minutes=1))


def test_the_answer_does_not_tell_whether_there_is_an_account(browser, member, letters):
    known, unknown = ask(browser()), ask(browser(), "nobody@example.org")
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert known.status_code == 303
    assert len(letters()) == 1


def test_opening_the_link_changes_nothing(browser, link, member):
    for _ in range(3):
        assert "mia@example.org" in browser().get(link).text
    assert browser().head(link).status_code == 200
    assert sign_in(browser(), PASSWORD).status_code == 303


def test_choosing_sets_the_password_and_signs_in(browser, link):
    mia = browser()
    assert choose(mia, link).status_code == 303
    assert mia.get("/profile").status_code == 200
    assert sign_in(browser(), NEW).status_code == 303
    assert sign_in(browser(), PASSWORD).status_code == 422


def test_the_link_works_once(browser, link):
    choose(browser(), link)
    assert browser().get(link).status_code == 404
    answer = choose(browser(), link, "yet another password")
    assert answer.status_code == 404
    assert "no longer valid" in answer.text
    assert sign_in(browser(), NEW).status_code == 303


def test_other_links_end_with_it(browser, link, letters, link_in):
    ask(browser())
    choose(browser(), link_in(letters()[-1]))
    assert browser().get(link).status_code == 404


def test_other_devices_are_signed_out(browser, link, member):
    other = browser()
    sign_in(other, PASSWORD)
    choose(browser(), link)
    assert other.get("/profile").status_code == 302


def test_a_mail_tells_of_the_change(browser, link, letters):
    choose(browser(), link)
    assert letters()[-1].subject == "Your password was changed"


def test_the_link_works_for_an_hour(browser, link, monkeypatch):
    later = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: later(self) + 3590)
    assert browser().get(link).status_code == 200
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: later(self) + 3610)
    assert browser().get(link).status_code == 404
    assert choose(browser(), link).status_code == 404
    assert sign_in(browser(), PASSWORD).status_code == 303


@pytest.mark.parametrize("word", ["short", "aaaaaaaaaaaaaaaa", "x" * 201, ""])
def test_a_poor_password_is_refused_and_the_link_stays_good(browser, link, word):
    answer = choose(browser(), link, word)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text or "field-error" in answer.text
    assert choose(browser(), link).status_code == 303


def test_a_link_of_another_kind_or_forged_is_refused(browser, member):
    invitation = links.secret_for(member, Purpose.INVITATION)
    reset = links.secret_for(member, Purpose.RESET)
    assert browser().get(f"/password-reset/{invitation}").status_code == 404
    assert browser().get(f"/password-reset/{reset[:-2]}xx").status_code == 404
    assert browser().get("/password-reset/nonsense").status_code == 404


@pytest.mark.parametrize("field", ["deactivated_at", "deleted_at"])
def test_who_may_not_come_in_gets_no_link(browser, link, member, letters, field):
    with transaction():
        setattr(db.session.get_one(Account, member.id), field, now())
    before = len(letters())
    ask(browser())
    assert len(letters()) == before
    assert browser().get(link).status_code == 404


def test_who_has_only_been_invited_gets_no_link(browser, account, letters):
    account("ida@example.org")
    assert ask(browser(), "ida@example.org").status_code == 303
    assert letters() == []


def test_asking_is_limited_alike_for_known_and_unknown(browser, member, letters, limited):
    for email in ("mia@example.org", "nobody@example.org"):
        answers = [ask(browser(), email).status_code for _ in range(6)]
        assert answers == [303] * 5 + [429]
    assert len(letters()) == 5


def test_the_forms_need_their_token(browser, link, forgery_checked):
    assert ask(browser()).status_code == 422
    assert choose(browser(), link).status_code == 422
    assert sign_in(browser(), NEW).status_code == 422
