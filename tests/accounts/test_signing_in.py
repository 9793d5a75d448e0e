"""Signing in and out."""

import re
import time

import pytest
from argon2 import PasswordHasher
from flask import url_for

from app.accounts import passwords, sessions
from app.accounts.models import Account
from app.addresses import local_path
from app.database import now, transaction
from app.events.facts import ParticipantChanged
from app.extensions import db
from app.permissions import Role
from tests.accounts.conftest import HASH, PASSWORD

WRONG = "do not belong together"


def sign_in(browser, email="mia@example.org", password=PASSWORD, **more):
    return browser.post("/sign-in", data={"email": email, "password": password, **more})


def without_tokens(answer):
    return re.sub(r'(content|value)="(I[\w.-]{60,}|\d{13})"', "", answer.text)


def is_signed_in(browser):
    return browser.get("/profile").status_code == 200


def test_the_right_password_signs_in(browser, member):
    mia = browser()
    answer = sign_in(mia, stay="y")
    assert answer.status_code == 303
    assert answer.location == "/"
    assert is_signed_in(mia)
    assert "Mia Member" in mia.get("/profile").text


def test_the_address_may_be_written_in_any_case(browser, member):
    assert sign_in(browser(), " Mia@Example.ORG ").status_code == 303


def test_an_umlaut_may_be_typed_as_one_character_or_as_two(app):
    assert passwords.fits("fu\u0308nf Mu\u0308tzen", passwords.hashed("f\u00fcnf M\u00fctzen"))


def test_unknown_addresses_and_wrong_passwords_get_the_same_answer(browser, member):
    wrong = sign_in(browser(), "mia@example.org", "wrong wrong wrong")
    unknown = sign_in(browser(), "nobody@example.org", "wrong wrong wrong")
    assert wrong.status_code == unknown.status_code == 422
    assert WRONG in wrong.text
    assert without_tokens(wrong).replace("mia@", "nobody@") == without_tokens(unknown)


def test_an_unknown_address_costs_a_verification_too(browser, member, monkeypatch):
    verified = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher,
        "verify",
        lambda self, hash, word: verified.append(hash) or verify(self, hash, word),
    )
    sign_in(browser(), "nobody@example.org")
    sign_in(browser(), "mia@example.org", "wrong wrong wrong")
    assert len(verified) == 2


def test_the_typed_password_never_comes_back(browser, member):
    assert "wrong wrong" not in sign_in(browser(), password="wrong wrong wrong").text


@pytest.mark.parametrize("field", ["deactivated_at", "deleted_at"])
def test_who_may_not_come_in_is_told_no_more_than_others(browser, member, field):
    with transaction():
        setattr(db.session.get_one(Account, member.id), field, now())
    answer = sign_in(browser())
    assert answer.status_code == 422
    assert WRONG in answer.text


def test_who_has_only_been_invited_cannot_sign_in(browser, account):
    account("ida@example.org")
    assert sign_in(browser(), "ida@example.org", "").status_code == 422
    assert sign_in(browser(), "ida@example.org", "anything at all").status_code == 422


def test_a_hash_of_other_costs_is_renewed(browser, account):
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    mia = account("mia@example.org", password_hash=old)
    assert sign_in(browser()).status_code == 303
    assert db.session.get_one(Account, mia.id).password_hash != old
    assert sign_in(browser()).status_code == 303


@pytest.mark.parametrize("path", ["/profile", "/people/invitations?x=1"])
def test_a_page_that_needs_an_account_comes_after_the_sign_in(browser, organiser, path):
    otto = browser()
    answer = otto.get(path)
    assert answer.status_code == 302
    page = otto.get(answer.location)
    assert f'name="next" value="{path}"' in page.text
    assert sign_in(otto, "otto@example.org", next=path).location == path


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "evil",
        "",
        "\n//evil.example",
    ],
)
def test_nobody_is_sent_to_another_host(browser, member, elsewhere):
    assert sign_in(browser(), next=elsewhere).location == "/"
    assert local_path(elsewhere) == "/"


def test_signing_out_ends_it_on_this_device_only(browser, member):
    here, there = browser(), browser()
    sign_in(here)
    sign_in(there)
    assert here.post("/sign-out").status_code == 303
    assert not is_signed_in(here)
    assert is_signed_in(there)


def test_signing_out_closes_the_connections(browser, member, event, appoint, announced):
    person = appoint(event, Role.PARTICIPANT, account_id=member.id).person
    browser().sign_in(member).post("/sign-out")
    assert ParticipantChanged(event.id, person.id) in announced(person.channel)


def test_a_sign_in_that_is_not_to_stay_ends_after_half_a_day(browser, member):
    mia = browser()
    sign_in(mia)
    assert is_signed_in(mia)
    with mia.session_transaction() as session:
        assert session[sessions.ENDS] - time.time() == pytest.approx(sessions.SHORT, abs=60)
        session[sessions.ENDS] = time.time() - 1
    assert not is_signed_in(mia)


def test_the_profiles_language_becomes_the_pages(browser, account):
    account("mia@example.org", password_hash=HASH, language="de")
    mia = browser("en")
    sign_in(mia)
    assert '<html lang="de"' in mia.get("/profile").text
    mia.post("/language", data={"language": "en"})
    assert '<html lang="en"' in mia.get("/profile").text


def test_the_form_needs_its_token(browser, member, forgery_checked):
    assert sign_in(browser()).status_code == 422


def test_guessing_is_slowed_down(browser, member, limited):
    guesser = browser()
    answers = [sign_in(guesser, password=f"guess number {n}") for n in range(9)]
    assert [a.status_code for a in answers] == [422] * 8 + [429]
    assert answers[-1].headers["Retry-After"] == "600"
    assert "ten minutes" in answers[-1].text
    assert "mia@example.org" in answers[-1].text
    assert sign_in(guesser).status_code == 429


def test_the_others_in_the_hall_can_sign_in_meanwhile(browser, member, organiser, limited):
    for n in range(9):
        sign_in(browser(), password=f"guess number {n}")
    assert sign_in(browser(), "otto@example.org").status_code == 303


def test_unknown_addresses_are_slowed_down_just_so(browser, limited):
    answers = [sign_in(browser(), "nobody@example.org") for _ in range(9)]
    assert [a.status_code for a in answers] == [422] * 8 + [429]


def test_who_knows_the_password_is_never_slowed_down(browser, member, limited):
    assert {sign_in(browser()).status_code for _ in range(12)} == {303}


def test_a_page_links_to_the_sign_in_or_out(app, browser, member):
    with app.test_request_context():
        here, out = url_for("accounts.sign_in"), url_for("accounts.sign_out")
    assert f'href="{here}"' in browser().get("/legal/privacy").text
    assert f'action="{out}"' in browser().sign_in(member).get("/legal/privacy").text
