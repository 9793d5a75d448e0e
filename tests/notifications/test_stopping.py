"""Mails are ended with one click, by people and by mail programs, without signing in."""

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.database import now, transaction
from app.extensions import db
from app.notifications.links import Stop, stop_address
from app.notifications.models import Level, Preferences, Rhythm, ThreadLevel
from tests.factories import make_post
from tests.notifications.conftest import link_in


@pytest.fixture
def stop(thread, mia):
    """The path that ends Mia's mails about the thread."""
    return "/" + stop_address(mia, Stop.THREAD, thread.id).split("/", 3)[3]


def level(mia, thread):
    kept = db.session.get(ThreadLevel, (mia.id, thread.id))
    return kept.level if kept else None


def test_looking_changes_nothing(browser, stop, mia, thread):
    page = browser().get(stop)
    assert "You will get no more mails about “Bike racks at the station”" in page.text
    assert level(mia, thread) is None


def test_a_mail_program_needs_no_cookie_and_no_token(browser, stop, mia, thread, forgery_checked):
    answer = browser().post(stop, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert level(mia, thread) == Level.SILENT


def test_afterwards_no_mail_comes(thread, ines, mia, wishes, mails, browser):
    wishes(mia, Level.ALL)
    make_post(thread, ines)
    browser().post(link_in(mails()[0], "/notifications/stop/"))
    make_post(thread, ines)
    assert mails() == []


def test_it_ends_this_thread_only(browser, stop, mia, thread, forum, ines, wishes, mails):
    from tests.factories import make_thread

    wishes(mia, Level.ALL)
    browser().post(stop)
    make_thread(forum, ines, "Parking")
    assert len(mails()) == 1


def test_it_can_be_taken_back(browser, stop, mia, thread):
    browser().post(stop)
    browser().post(stop, data={"wish": "again"})
    assert level(mia, thread) is None


def test_all_mails_can_be_ended_there(browser, stop, mia, wishes, space):
    wishes(mia, Level.ALL, space)
    browser().post(stop, data={"wish": "everything"})
    kept = db.session.get_one(Preferences, mia.id)
    assert (kept.level, kept.rhythm, kept.event_digest) == (Level.SILENT, Rhythm.NEVER, False)


def test_a_made_up_address_is_nothing(browser, stop):
    address, _, signature = stop.rpartition(".")
    assert browser().get(f"{address}.{signature[::-1]}").status_code == 404
    assert browser().post("/notifications/stop/abc").status_code == 404


def test_whoever_has_left_does_not_learn_the_title(browser, stop, space, mia):
    from app.spaces import actions as spaces
    from app.spaces.models import Membership

    with transaction():
        spaces.let_go(db.session.get_one(Membership, (space.id, mia.id)))
    page = browser().get(stop)
    assert page.status_code == 200
    assert "Bike racks" not in page.text


def test_a_deleted_account_is_nobody(browser, stop, mia):
    with transaction():
        db.session.get_one(Account, mia.id).deleted_at = now()
    assert browser().get(stop).status_code == 404
    assert db.session.scalar(select(ThreadLevel)) is None
