"""Mails about threads, at a real mail server: soon, bundled, once, and only what may be read."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.composing.models import PostMention
from app.database import now, transaction
from app.extensions import db
from app.forums.actions.reading import note_reading
from app.forums.models import Post, Thread
from app.jobs import Jobs
from app.mail.models import Mail
from app.notifications.models import Level, NotificationEntry, ThreadMail, Way
from app.notifications.spreading import _leave_work
from app.spaces import actions as spaces
from app.spaces.models import Membership, Space
from tests.factories import make_member, make_post, make_space
from tests.live_server import free_port
from tests.notifications.conftest import link_in


@pytest.fixture
def eager(mia, wishes):
    """Mia wishes to hear of everything."""
    wishes(mia, Level.ALL)
    return mia


def minutes_pass(minutes=16):
    with transaction():
        for row in db.session.scalars(select(ThreadMail)):
            row.last_at -= timedelta(minutes=minutes)


def name_in(post, account):
    with transaction():
        db.session.add(PostMention(post_id=post.id, account_id=account.id, name=account.name))
        _leave_work(post.id, is_new=False)


def test_a_mention_arrives_with_its_words_and_a_link(thread, ines, mia, mails):
    name_in(make_post(thread, ines, "What do you think, @Mia Maurer?\n\nI like it."), mia)
    (mail,) = mails()
    assert mail["To"] == mia.email
    assert mail["Subject"] == "Bike racks at the station (Steering group South)"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_content()
    assert "Ines Vogt has named you in “Bike racks at the station”:" in text
    lines = [line.rstrip() for line in text.splitlines()]
    at = lines.index("> What do you think, @Mia Maurer?")
    assert lines[at : at + 3] == ["> What do you think, @Mia Maurer?", ">", "> I like it."]
    assert "Steering group South › Cycling & walking" in text
    assert link_in(mail).startswith("/m/")


def test_in_the_language_of_who_reads_it(thread, ines, mia, mails):
    with transaction():
        db.session.get_one(Account, mia.id).language = "de"
    name_in(make_post(thread, ines), mia)
    assert mails()[0]["Content-Language"] == "de"


def test_the_first_comes_at_once_and_later_ones_together(thread, ines, eager, mails):
    make_post(thread, ines, "one")
    assert len(mails()) == 1
    make_post(thread, ines, "two")
    make_post(thread, ines, "three")
    assert mails() == []
    minutes_pass()
    (mail,) = mails()
    text = mail.get_content()
    assert "There are 2 new posts" in text
    assert "> two" in text
    assert "> three" in text
    assert "> one" not in text


def test_never_twice(thread, ines, eager, mails, told):
    make_post(thread, ines)
    assert len(mails()) == 1
    told()
    minutes_pass()
    assert mails() == []
    entry = db.session.scalar(select(NotificationEntry))
    assert (entry.told_by, entry.waits_for) == (Way.MAIL, None)


def test_two_at_once_write_one(thread, ines, eager, monkeypatch):
    from app.notifications import mailing
    from app.notifications.spreading import spread_all

    make_post(thread, ines)
    spread_all()
    due = mailing.queries.mails_due(10)
    for account_id, thread_id in [*due, *due]:
        with transaction():
            mailing.tell_about_thread(account_id, thread_id)
    assert len(db.session.scalars(select(Mail)).all()) == 1


def leave(space, account):
    with transaction():
        spaces.let_go(db.session.get_one(Membership, (space.id, account.id)))


def hide(post):
    with transaction():
        db.session.get_one(Post, post.id).hidden_at = now()


def withdraw(post):
    with transaction():
        db.session.get_one(Post, post.id).withdraw()


def hide_thread(thread):
    with transaction():
        db.session.get_one(Thread, thread.id).hidden_at = now()


def read(thread, account, post):
    with transaction():
        note_reading(db.session.get_one(Thread, thread.id), account.id, post.id)


def deactivate(account):
    with transaction():
        db.session.get_one(Account, account.id).deactivated_at = now()


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda s: leave(s["space"], s["mia"]),
        lambda s: hide(s["post"]),
        lambda s: withdraw(s["post"]),
        lambda s: hide_thread(s["thread"]),
        lambda s: read(s["thread"], s["mia"], s["post"]),
        lambda s: deactivate(s["mia"]),
        lambda s: s["wishes"](s["mia"], Level.SILENT, s["thread"]),
    ],
    ids=["left", "hidden", "withdrawn", "thread", "read", "deactivated", "silenced"],
)
def test_what_has_changed_between_the_ledger_and_the_mail_counts(
    space, thread, ines, eager, mails, wishes, meanwhile
):
    from app.notifications.spreading import spread_all

    post = make_post(thread, ines)
    spread_all()
    meanwhile({"space": space, "mia": eager, "post": post, "thread": thread, "wishes": wishes})
    assert [mail["To"] for mail in mails()] == []


def test_a_space_made_private_tells_only_its_own(ines, wishes, mails):
    from app.notifications.spreading import spread_all
    from tests.factories import make_forum, make_thread

    top = make_space("Programme")
    below = make_space("Cluster", top, is_private=False)
    with transaction():
        spaces.admit(db.session.get_one(Space, below.id), ines)
    looker = make_member(top)
    wishes(looker, Level.ALL)
    make_thread(make_forum(below), ines)
    spread_all()
    with transaction():
        spaces.set_privacy(db.session.get_one(Space, below.id), True)
    assert mails() == []


def test_a_name_taken_out_again_tells_nobody(thread, ines, mia, mails):
    from app.notifications.spreading import spread_all

    post = make_post(thread, ines)
    name_in(post, mia)
    spread_all()
    with transaction():
        db.session.delete(db.session.get_one(PostMention, (post.id, mia.id)))
    assert mails() == []


def test_what_is_sent_is_the_text_as_it_stands_now(thread, ines, eager, mails):
    from app.notifications.spreading import spread_all

    post = make_post(thread, ines, "Too quick")
    spread_all()
    with transaction():
        db.session.get_one(Post, post.id).text = "Well thought"
    text = mails()[0].get_content()
    assert "Well thought" in text
    assert "Too quick" not in text


def test_long_posts_and_many_are_cut(thread, ines, eager, mails):
    for n in range(12):
        make_post(thread, ines, f"Post {n} " + "x" * 3000)
    text = mails()[0].get_content()
    assert "And 2 more posts." in text
    assert max(len(line) for line in text.splitlines()) < 1600


def test_the_headers_of_rfc_8058_survive_the_way(thread, ines, eager, mails, post_office):
    make_post(thread, ines)
    (mail,) = mails()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"]
    assert address.startswith("<http")
    assert address.endswith(">")
    assert f"List-Unsubscribe: {address}\r\n".encode() in post_office.raw[-1]
    assert address[1:-1] in mail.get_content()


def test_a_mail_server_that_is_down_delays_and_loses_none(
    thread, ines, eager, post_office, smtp_url, app, monkeypatch
):
    jobs = Jobs(app)
    jobs.immediate = True
    monkeypatch.setitem(app.extensions, "jobs", jobs)
    smtp_url(f"smtp://127.0.0.1:{free_port()}")
    make_post(thread, ines, "kept")
    assert post_office.received == []
    smtp_url(f"smtp://127.0.0.1:{post_office.port}")
    with transaction():
        for mail in db.session.scalars(select(Mail)):
            mail.next_try_at = now()
    jobs.sweep()
    jobs.sweep()
    assert len(post_office.received) == 1
    assert "> kept" in post_office.received[0].get_content()


def test_one_that_fails_does_not_hold_up_the_others(
    thread, ines, mia, wishes, mails, monkeypatch, caplog
):
    from app.notifications import mailing

    cem = make_member(thread.forum.space, name="Cem Schuster")
    wishes(mia, Level.ALL)
    wishes(cem, Level.ALL)
    make_post(thread, ines)
    write = mailing.write_about_thread

    def stumble(account, *rest):
        if account.id == mia.id:
            raise RuntimeError("not today")
        write(account, *rest)

    monkeypatch.setattr(mailing, "write_about_thread", stumble)
    assert [mail["To"] for mail in mails()] == [cem.email]
    assert "not today" in caplog.text
    monkeypatch.setattr(mailing, "write_about_thread", write)
    assert [mail["To"] for mail in mails()] == [mia.email]
