import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app import outbox
from app.database import now, transaction
from app.events.facts import EventChanged, HighlightChanged
from app.events.models import Event
from app.extensions import db
from app.livepolls.facts import ConcernSupported
from app.outbox import Fact, OutboxEntry, announce, drop_old, follows
from tests.ears import entries_after
from tests.factories import look_again
from tests.together import together


@pytest.fixture
def hall(app):
    """A channel that nothing was ever announced on."""
    return f"hall:{secrets.token_hex(8)}"


def positions(channel):
    look_again()
    query = select(OutboxEntry.position).where(OutboxEntry.channel == channel)
    return list(db.session.scalars(query.order_by(OutboxEntry.position)))


def test_facts_come_out_as_they_went_in_and_in_order(app, hall):
    facts = [EventChanged(1), ConcernSupported(1, 7), HighlightChanged(1)]
    with transaction():
        for fact in facts:
            announce(fact, hall)
    assert [entry.fact for entry in entries_after(hall, 0, 3)] == facts
    assert [entry.fact for entry in entries_after(hall, 1, 2)] == facts[1:2]


def test_a_fact_is_heard_on_all_its_channels(app, hall):
    person, silent = hall + "p", hall + "s"
    with transaction():
        announce(EventChanged(1), hall, person)
        announce(HighlightChanged(1), hall)
    assert outbox.positions({hall: 0, person: 0, silent: 0}) == {hall: 2, person: 1}
    assert outbox.positions({hall: 1, person: 1}) == {hall: 2}
    assert outbox.position(silent) == 0


def test_positions_have_no_gaps_however_many_announce_at_once(app, hall):
    a, b = hall + "a", hall + "b"

    def announce_often():
        for _ in range(5):
            with transaction():
                announce(EventChanged(1), b, a)
                announce(EventChanged(1), a, b)

    assert together(app, *[announce_often] * 6) == [None] * 6
    assert positions(a) == positions(b) == list(range(1, 61))
    assert outbox.position(a) == outbox.position(b) == 60


def test_a_position_is_seen_only_with_all_before_it(app, hall):
    """Who reads up to a channel's position never misses an entry that is committed later."""

    def announce_often():
        for _ in range(10):
            with transaction():
                announce(EventChanged(1), hall)

    def look():
        for _ in range(40):
            db.session.rollback()
            at = outbox.position(hall)
            assert len(entries_after(hall, 0, at)) == at

    assert together(app, look, *[announce_often] * 4) == [None] * 5


class Mishap(Exception):
    """Something that goes wrong in the middle."""


def announce_and_fail(fact, channel):
    announce(fact, channel)
    raise Mishap


def test_a_rollback_leaves_no_gap(app, hall):
    with transaction():
        announce(EventChanged(1), hall)
    with pytest.raises(Mishap), transaction():
        announce_and_fail(EventChanged(1), hall)
    with transaction():
        announce(EventChanged(1), hall)
    assert positions(hall) == [1, 2]


@pytest.fixture
def follower(monkeypatch):
    """A follower that is forgotten after the test."""
    monkeypatch.setattr(outbox, "_followers", {kind: [*f] for kind, f in outbox._followers.items()})
    return follows


def test_followers_act_in_the_same_transaction(hall, event, follower, announced):
    @follower(EventChanged)
    def rename(fact: EventChanged) -> None:
        db.session.get_one(Event, fact.event_id).title = "Renamed"
        announce(HighlightChanged(fact.event_id), hall)

    with transaction():
        announce(EventChanged(event.id), hall)
    look_again()
    assert event.title == "Renamed"
    assert announced(hall) == [EventChanged(event.id), HighlightChanged(event.id)]


def test_a_follower_that_fails_takes_the_deed_back(hall, event, follower, announced):
    @follower(EventChanged)
    def fail(fact: EventChanged) -> None:
        db.session.get_one(Event, fact.event_id).title = "Renamed"
        db.session.flush()
        raise Mishap

    with pytest.raises(Mishap), transaction():
        announce(EventChanged(event.id), hall)
    look_again()
    assert event.title == "Opening conference"
    assert announced(hall) == []


def test_old_entries_are_dropped_and_positions_go_on(app, hall):
    for _ in range(2):
        with transaction():
            announce(EventChanged(1), hall)
    with transaction() as session:
        session.execute(
            update(OutboxEntry)
            .where(OutboxEntry.channel == hall, OutboxEntry.position == 1)
            .values(created_at=now() - outbox.KEPT - timedelta(seconds=1))
        )
    drop_old()
    assert positions(hall) == [2]
    with transaction():
        announce(EventChanged(1), hall)
    assert positions(hall) == [2, 3]


def test_every_kind_of_fact_survives_the_outbox(app, hall):
    """Facts are looked up by name, so no two may share one, and all hold plain values."""
    from dataclasses import fields

    for kind in Fact.kinds.values():
        values = {f.name: 7 if "int" in str(f.type) else "x" for f in fields(kind)}
        with transaction():
            announce_only(kind(**values), hall)
    entries = entries_after(hall, 0, len(Fact.kinds))
    assert [type(entry.fact) for entry in entries] == list(Fact.kinds.values())


def announce_only(fact, channel):
    """Announce without followers, whose things do not exist here."""
    db.session.info.setdefault("announced", []).append((fact, (channel,)))
