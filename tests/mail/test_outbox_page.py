"""The page where admins read what no mail server takes away."""

import pytest

from app.database import transaction
from app.mail import letters


@pytest.fixture
def mail(app):
    with transaction():
        return letters.post(
            "reset",
            "mia@example.org",
            "en",
            name="<b>Mia</b>",
            link="https://dialog.example.org/secret",
        )


@pytest.fixture
def admin(browser, account):
    return browser().sign_in(account(standing="admin"))


def test_admins_read_the_mails_when_there_is_no_mail_server(admin, mail):
    page = admin.get("/mail/outbox").text
    assert "A new password for Dialograum" in page
    assert "mia@example.org" in page
    assert 'href="https://dialog.example.org/secret"' in page
    assert "<b>Mia</b>" not in page


def test_an_empty_outbox_says_what_will_be_there(admin):
    assert "No mail yet." in admin.get("/mail/outbox").text


def test_with_a_mail_server_only_how_they_fare(admin, mail, smtp_url):
    smtp_url("smtp://mail.example.org")
    page = admin.get("/mail/outbox").text
    assert "mia@example.org" in page
    assert "waiting" in page
    assert "secret" not in page


def test_nobody_else_reads_them(browser, account, mail):
    for standing in ("member", "organiser"):
        answer = browser().sign_in(account(standing=standing)).get("/mail/outbox")
        assert answer.status_code == 403
        assert "secret" not in answer.text
    assert browser().get("/mail/outbox").status_code == 302
