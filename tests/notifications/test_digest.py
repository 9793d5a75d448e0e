"""Digests come at the person's hour, once, with what is still to be read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.database import now, transaction
from app.extensions import db
from app.forums.models import Post
from app.notifications import actions
from app.notifications.hours import next_digest
from app.notifications.models import Level, NotificationEntry, Preferences, Rhythm, Way
from tests.factories import make_forum, make_post, make_thread
from tests.notifications.conftest import link_in


@pytest.fixture
def gathering(mia, space, wishes):
    """Mia wishes to have what is new in the space gathered."""
    wishes(mia, Level.DIGEST, space)
    return mia


def let_it_be_due(account):
    with transaction():
        db.session.get_one(Preferences, account.id).next_digest_at = now() - timedelta(minutes=1)


def test_nothing_comes_before_its_hour(thread, ines, gathering, mails):
    make_post(thread, ines)
    assert mails() == []


def test_all_that_was_gathered_comes_in_one_mail(forum, thread, ines, gathering, mails):
    other = make_thread(forum, ines, "Parking")
    make_post(thread, ines, "Racks it is")
    let_it_be_due(gathering)
    (mail,) = mails()
    text = mail.get_content()
    assert mail["Subject"] == "Your week: 2 new posts"
    assert other.title in text
    assert "> Racks it is" in text
    assert text.count("/m/") == 2
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    entry = db.session.scalars(select(NotificationEntry)).first()
    assert entry.told_by == Way.DIGEST


def test_once(thread, ines, gathering, mails):
    make_post(thread, ines)
    let_it_be_due(gathering)
    assert len(mails()) == 1
    let_it_be_due(gathering)
    assert mails() == []


def test_an_empty_one_is_not_sent(thread, gathering, mails):
    let_it_be_due(gathering)
    assert mails() == []
    assert db.session.get_one(Preferences, gathering.id).next_digest_at > now()


def test_what_was_hidden_meanwhile_is_left_out(thread, ines, gathering, mails, told):
    make_post(thread, ines, "fine")
    rude = make_post(thread, ines, "rude")
    told()
    with transaction():
        db.session.get_one(Post, rude.id).hidden_at = now()
    let_it_be_due(gathering)
    text = mails()[0].get_content()
    assert "fine" in text
    assert "rude" not in text


def test_stopping_it_stops_all_of_it_and_nothing_else(thread, ines, gathering, mails, browser):
    make_post(thread, ines)
    let_it_be_due(gathering)
    stop = link_in(mails()[0], "/notifications/stop/")
    assert browser().post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    chosen = db.session.get_one(Preferences, gathering.id)
    assert (chosen.rhythm, chosen.next_digest_at, chosen.level) == (
        Rhythm.NEVER,
        None,
        Level.MENTIONS,
    )
    make_post(thread, ines)
    assert mails() == []


def test_whoever_gathers_somewhere_has_a_day_for_it(mia, space, app):
    with transaction():
        actions.set_space_level(mia.id, space, Level.DIGEST)
    assert db.session.get_one(Preferences, mia.id).next_digest_at is not None


def chosen(rhythm, hour=8, weekday=0, zone="Europe/Berlin"):
    return Preferences(rhythm=rhythm, hour=hour, weekday=weekday, time_zone=zone)


@pytest.mark.parametrize(
    ("after", "rhythm", "due"),
    [
        ("2026-03-02T06:59", Rhythm.DAILY, "2026-03-02T07:00"),  # 8 in Berlin
        ("2026-03-02T07:00", Rhythm.DAILY, "2026-03-03T07:00"),
        ("2026-03-02T07:00", Rhythm.WEEKLY, "2026-03-09T07:00"),
        ("2026-03-03T07:00", Rhythm.WEEKLY, "2026-03-09T07:00"),
        ("2026-03-28T12:00", Rhythm.DAILY, "2026-03-29T06:00"),  # the clocks went forward
    ],
)
def test_the_next_one(after, rhythm, due):
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert next_digest(chosen(rhythm), moment) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_never_is_never():
    assert next_digest(chosen(Rhythm.NEVER), now()) is None


@given(
    after=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    hour=st.integers(0, 23),
    weekday=st.integers(0, 6),
    rhythm=st.sampled_from([Rhythm.DAILY, Rhythm.WEEKLY]),
    zone=st.sampled_from(["Europe/Berlin", "Europe/Lisbon", "Atlantic/Azores"]),
)
def test_it_is_always_later_and_never_too_late(after, hour, weekday, rhythm, zone):
    due = next_digest(chosen(rhythm, hour, weekday, zone), after)
    most = timedelta(days=1 if rhythm == Rhythm.DAILY else 7, hours=2)
    assert timedelta(0) < due - after <= most


def test_a_forum_of_another_space_has_no_place_in_it(gathering, ines, mails, app):
    from app.spaces import actions as spaces
    from tests.factories import make_space

    elsewhere = make_space("Elsewhere")
    with transaction():
        spaces.admit(elsewhere, ines)
    make_thread(make_forum(elsewhere), ines, "Secret")
    let_it_be_due(gathering)
    assert mails() == []
