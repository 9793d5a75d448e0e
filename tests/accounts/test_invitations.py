"""Invitations to an account."""

import pytest
from itsdangerous import TimestampSigner

from app.accounts import queries
from app.accounts.models import Account
from app.extensions import db

PASSWORD = "what I chose myself"
DAY = 24 * 3600


def invite(inviter, email="ida@example.org", standing="member", **more):
    form = {"email": email, "name": "Ida Invited", "standing": standing, "language": "de", **more}
    return inviter.post("/people/invitations", data=form)


def accept(browser, link, password=PASSWORD):
    return browser.post(link, data={"new_password": password})


@pytest.fixture
def link(browser, admin, letters, link_in):
    invite(browser().sign_in(admin))
    return link_in(letters()[-1])


def test_an_invitation_makes_an_account_that_waits(browser, admin, letters):
    answer = invite(browser().sign_in(admin), " Ida@Example.org", "organiser")
    assert answer.status_code == 303
    ida = queries.by_email("ida@example.org")
    assert (ida.name, ida.standing, ida.language) == ("Ida Invited", "organiser", "de")
    assert ida.is_invited
    (letter,) = letters()
    assert (letter.recipient, letter.language) == ("ida@example.org", "de")
    assert "Ada Admin" in letter.text


def test_accepting_chooses_a_password_and_signs_in(browser, link):
    ida = browser()
    assert "Ida Invited" in ida.get(link).text
    assert accept(ida, link).status_code == 303
    assert ida.get("/profile").status_code == 200
    answer = browser().post("/sign-in", data={"email": "ida@example.org", "password": PASSWORD})
    assert answer.status_code == 303


def test_it_works_once_and_looking_does_not_count(browser, link):
    for _ in range(2):
        assert browser().get(link).status_code == 200
    assert accept(browser(), link).status_code == 303
    assert browser().get(link).status_code == 404
    assert accept(browser(), link, "somebody else's choice").status_code == 404


def test_no_mail_tells_of_the_first_password(browser, link, letters):
    accept(browser(), link)
    assert len(letters()) == 1


@pytest.mark.parametrize(("seconds", "status"), [(14 * DAY - 60, 200), (14 * DAY + 60, 404)])
def test_it_works_for_a_fortnight(browser, link, monkeypatch, seconds, status):
    time = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: time(self) + seconds)
    assert browser().get(link).status_code == status


def test_inviting_again_sends_a_new_link_and_ends_the_old(browser, admin, link, letters, link_in):
    ada = browser().sign_in(admin)
    assert invite(ada, standing="admin").status_code == 303
    assert browser().get(link).status_code == 404
    ida = queries.by_email("ida@example.org")
    assert ida.standing == "member"
    assert ada.post(f"/people/{ida.id}/invitation").status_code == 303
    assert len(letters()) == 3
    assert browser().get(link_in(letters()[-1])).status_code == 200


def test_withdrawing_forgets_whom_it_was_for(browser, admin, link):
    ida = queries.by_email("ida@example.org")
    answer = browser().sign_in(admin).delete(f"/people/{ida.id}/invitation")
    assert answer.status_code == 303
    assert queries.by_email("ida@example.org") is None
    assert browser().get(link).status_code == 404


def test_what_was_accepted_is_not_withdrawn_or_sent_again(browser, admin, member):
    ada = browser().sign_in(admin)
    assert ada.delete(f"/people/{member.id}/invitation").status_code == 409
    assert ada.post(f"/people/{member.id}/invitation").status_code == 409
    assert db.session.get(Account, member.id) is not None


def test_who_has_an_account_is_not_invited(browser, admin, member, letters):
    answer = invite(browser().sign_in(admin), "mia@example.org")
    assert answer.status_code == 409
    assert "already" in answer.text
    assert "mia@example.org" in answer.text
    assert letters() == []


@pytest.mark.parametrize(
    ("standing", "status"), [("member", 303), ("organiser", 303), ("admin", 422)]
)
def test_organisers_invite_but_give_no_more_than_they_have(
    browser, organiser, letters, standing, status
):
    assert invite(browser().sign_in(organiser), standing=standing).status_code == status
    assert len(letters()) == (status == 303)


def test_members_and_guests_invite_nobody(browser, member, letters):
    assert invite(browser().sign_in(member)).status_code == 403
    assert browser().sign_in(member).get("/people/invitations").status_code == 403
    assert invite(browser()).status_code == 401
    assert letters() == []


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ida",
        "ida@",
        "a@b.org,c@d.org",
        "x,y@b.org",
        "a@b\r\nBcc: c@d.org",
        "Ida <ida@example.org>",
    ],
)
def test_what_is_no_mail_address_is_refused(browser, admin, letters, email):
    answer = invite(browser().sign_in(admin), email)
    assert answer.status_code == 422
    assert "Ida Invited" in answer.text
    assert letters() == []


def test_the_form_needs_its_token(browser, admin, letters, forgery_checked):
    assert invite(browser().sign_in(admin)).status_code == 422
    assert letters() == []
