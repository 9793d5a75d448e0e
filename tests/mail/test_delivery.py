"""Mail goes to the mail server: soon, once, and again if it could not."""

from datetime import timedelta

import pytest

from app.database import now, transaction
from app.extensions import db
from app.jobs import Jobs
from app.mail import delivery, letters
from app.mail.models import PAUSES, Mail
from app.mail.smtp import Connection, Server
from tests.live_server import free_port


def post(recipient="mia@example.org", language="en", **more):
    with transaction():
        return letters.post(
            "reset",
            recipient,
            language,
            name="Mia Müller",
            link="https://dialog.example.org/x",
            **more,
        )


def state(mail):
    return db.session.get_one(Mail, mail.id, populate_existing=True)


def let_time_pass(mail):
    with transaction():
        db.session.get_one(Mail, mail.id).next_try_at = now()


def test_a_letter_arrives_as_it_was_written(deliver, post_office, app):
    post(language="en")
    assert deliver() == 1
    (message,) = post_office.received
    assert message["To"] == "mia@example.org"
    assert message["From"] == "Dialograum <dialog@example.org>"
    assert message["Subject"] == "A new password for Dialograum"
    assert message["Content-Language"] == "en"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@example.org>")
    text = message.get_content()
    assert "Hello Mia Müller," in text
    assert "https://dialog.example.org/x" in text.splitlines()


def test_once(deliver, post_office, app):
    mail = post()
    assert [deliver(), deliver()] == [1, 0]
    assert len(post_office.received) == 1
    assert state(mail).sent_at is not None


def test_the_text_is_not_kept_once_it_has_gone(deliver, app):
    mail = post()
    deliver()
    assert state(mail).text == ""


def test_several_go_in_one_round_in_order(deliver, post_office, app):
    for n in range(3):
        post(f"person{n}@example.org")
    assert deliver() == 3
    assert [m["To"] for m in post_office.received] == [f"person{n}@example.org" for n in range(3)]


def post_and_fail():
    with transaction():
        letters.post("reset", "mia@example.org", "en", name="Mia", link="https://x")
        raise RuntimeError


def test_what_is_rolled_back_is_never_sent(deliver, post_office, app):
    with pytest.raises(RuntimeError):
        post_and_fail()
    assert deliver() == 0
    assert post_office.received == []


def test_a_server_that_is_away_gets_it_later(smtp_url, app):
    smtp_url(f"smtp://127.0.0.1:{free_port()}")
    mail = post()
    assert delivery.deliver() == 0
    waiting = state(mail)
    assert waiting.sent_at is None
    assert waiting.attempts == 1
    assert "refused" in waiting.error
    assert waiting.next_try_at - now() == pytest.approx(PAUSES[0], abs=timedelta(seconds=30))
    assert waiting.text


def test_not_before_the_pause_is_over(deliver, post_office, app):
    post_office.answers["mia@example.org"] = "450 Busy"
    mail = post()
    assert deliver() == 0
    post_office.answers.clear()
    assert deliver() == 0
    let_time_pass(mail)
    assert deliver() == 1
    assert state(mail).error == ""


def test_every_attempt_is_the_same_letter(deliver, post_office, app):
    mail = post()
    deliver()
    with transaction():
        again = db.session.get_one(Mail, mail.id)
        again.sent_at, again.next_try_at, again.text = None, now(), "x"
    deliver()
    first, second = post_office.received
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_one_that_fails_does_not_keep_the_next_from_going(deliver, post_office, app):
    post_office.answers["away@example.org"] = "450 Busy"
    post("away@example.org")
    post("mia@example.org")
    assert [deliver(), deliver()] == [0, 1]
    assert [m["To"] for m in post_office.received] == ["mia@example.org"]


def test_what_is_refused_for_good_is_not_tried_again(deliver, post_office, app):
    post_office.answers["gone@example.org"] = "550 No such person"
    mail = post("gone@example.org")
    deliver()
    refused = state(mail)
    assert refused.next_try_at is None
    assert "No such person" in refused.error


def test_nor_what_has_been_tried_often_enough(deliver, post_office, app):
    post_office.answers["mia@example.org"] = "450 Busy"
    mail = post()
    for _ in PAUSES:
        let_time_pass(mail)
        deliver()
    assert state(mail).next_try_at is None
    assert state(mail).attempts == len(PAUSES)


def test_nor_what_has_come_to_its_end(deliver, post_office, app):
    post(good_for=timedelta(seconds=-1))
    assert deliver() == 0
    assert post_office.received == []


def test_nobody_else_sends_what_is_claimed(deliver, post_office, app):
    mail = post()
    assert delivery._claimed().id == mail.id
    assert delivery._claimed() is None
    assert deliver() == 0


def test_a_claim_that_a_restart_interrupted_is_taken_up_again(deliver, post_office, app):
    mail = post()
    delivery._claimed()
    let_time_pass(mail)
    assert deliver() == 1


def test_no_transaction_is_open_while_the_server_is_talked_to(deliver, post_office, monkeypatch):
    open_ones = []
    send = Connection.send
    monkeypatch.setattr(
        Connection,
        "send",
        lambda self, mail: open_ones.append(db.session.in_transaction()) or send(self, mail),
    )
    post()
    deliver()
    assert open_ones == [False]


def test_without_a_mail_server_letters_wait_to_be_read(smtp_url, jobs_at_once):
    smtp_url(None)
    mail = post()
    jobs_at_once.sweep()
    assert state(mail).attempts == 0


def test_with_one_a_letter_goes_at_once(deliver, post_office, jobs_at_once):
    mail = post()
    assert len(post_office.received) == 1
    assert state(mail).sent_at is not None


def test_the_sweep_finds_what_nobody_was_told_of(deliver, post_office, app, monkeypatch):
    post()
    assert post_office.received == []
    jobs = Jobs(app)
    jobs.immediate = True
    monkeypatch.setitem(app.extensions, "jobs", jobs)
    jobs.sweep()
    jobs.sweep()
    assert len(post_office.received) == 1


def test_a_mail_server_that_is_down_delays_mail_and_loses_none(
    deliver, post_office, smtp_url, jobs_at_once
):
    smtp_url(f"smtp://127.0.0.1:{free_port()}")
    mails = [post(f"person{n}@example.org") for n in range(3)]
    assert jobs_at_once.huey.scheduled_count() == 3  # the next attempt of each
    smtp_url(f"smtp://127.0.0.1:{post_office.port}")
    for mail in mails:
        let_time_pass(mail)
    jobs_at_once.sweep()
    assert sorted(m["To"] for m in post_office.received) == [m.recipient for m in mails]


def test_one_round_at_a_time_in_a_process(deliver, post_office, app):
    post()
    with delivery._at_work:
        delivery.send_due()
        assert post_office.received == []
    delivery.send_due()
    assert len(post_office.received) == 1


def test_headers_of_its_own_go_with_a_letter(deliver, post_office, app):
    mail = post(headers={"List-Unsubscribe": "<https://dialog.example.org/stop>"})
    deliver()
    (message,) = post_office.received
    assert message["List-Unsubscribe"] == "<https://dialog.example.org/stop>"
    assert state(mail).headers == {}


def test_after_a_month_letters_are_forgotten(app):
    old, young = post().id, post().id
    with transaction():
        db.session.get_one(Mail, old).created_at = now() - timedelta(days=31)
    delivery.drop_old()
    assert db.session.get(Mail, old) is None
    assert db.session.get(Mail, young) is not None


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", Server("mail.example.org", 25, "", "", False)),
        (
            "smtp://mia:p%40ss@mail.example.org",
            Server("mail.example.org", 587, "mia", "p@ss", False),
        ),
        ("smtps://mia:x@mail.example.org", Server("mail.example.org", 465, "mia", "x", True)),
        ("smtp://localhost:2525", Server("localhost", 2525, "", "", False)),
    ],
)
def test_the_setting_is_understood(url, server):
    assert Server.from_url(url) == server
