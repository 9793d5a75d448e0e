import contextvars
import threading
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError

from app import outbox
from app.database import found, is_reachable, locked, now, set_row, transaction, writing
from app.errors import Busy, NotFound
from app.events.facts import EventChanged
from app.events.models import Event, Participant
from app.extensions import db
from app.livepolls.models import ConcernSupport
from app.municipalities.models import Municipality
from app.outbox import announce
from tests.factories import look_again
from tests.together import together

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


def names():
    look_again()
    return list(db.session.scalars(select(Municipality.name).order_by(Municipality.name)))


def test_what_a_transaction_did_is_there_afterwards(app):
    with transaction() as session:
        session.add(Municipality(name="Kassel"))
    assert names() == ["Kassel"]


class Mishap(Exception):
    """Something that goes wrong in the middle."""


def add_and_fail(event):
    with transaction() as session:
        session.add(Municipality(name="Kassel"))
        announce(EventChanged(event.id), event.channel)
        session.flush()
        raise Mishap


def add_twice(event):
    with transaction() as session:
        announce(EventChanged(event.id), event.channel)
        session.add_all([Municipality(name="Kassel"), Municipality(name="Kassel")])


def test_what_failed_has_changed_nothing_and_announced_nothing(app, event, announced):
    before = outbox.position(event.channel)
    with pytest.raises(Mishap):
        add_and_fail(event)
    assert names() == []
    assert outbox.position(event.channel) == before
    with transaction() as session:
        session.add(Municipality(name="Fulda"))
    assert announced(event.channel, before) == []


def test_a_failing_commit_announces_nothing(app, event, announced):
    before = outbox.position(event.channel)
    with pytest.raises(IntegrityError):
        add_twice(event)
    assert announced(event.channel, before) == []


def test_the_publisher_is_woken_after_the_commit_and_only_if_there_is_news(app, event, monkeypatch):
    woken = []
    monkeypatch.setattr(outbox, "wake", lambda: woken.append(outbox.position(event.channel)))
    before = outbox.position(event.channel)
    with transaction() as session:
        session.add(Municipality(name="Kassel"))
    assert woken == []
    with transaction():
        announce(EventChanged(event.id), event.channel)
        assert woken == []
    assert woken == [before + 1]


def test_transactions_do_not_nest(app):
    with pytest.raises(RuntimeError, match="nest"), transaction(), transaction():
        pass
    with transaction() as session:
        session.add(Municipality(name="Kassel"))
    assert names() == ["Kassel"]


def test_nothing_is_announced_outside_a_transaction(app, event):
    with pytest.raises(RuntimeError, match="inside a transaction"):
        announce(EventChanged(event.id), event.channel)


def test_a_read_before_it_is_ended_so_that_it_sees_what_others_did_meanwhile(app, event):
    assert event.title == "Opening conference"

    def rename():
        with app.app_context(), transaction() as session:
            session.get_one(Event, event_id).title = "Renamed"

    event_id = event.id
    contextvars.Context().run(rename)
    assert event.title == "Opening conference"
    with transaction() as session:
        assert session.get_one(Event, event_id).title == "Renamed"


@only_sqlite
def test_a_writer_whose_turn_does_not_come_is_told_to_come_again(app, monkeypatch):
    monkeypatch.setattr(writing, "LONGEST_WAIT", 0.05)
    with writing._turn, pytest.raises(Busy), transaction():
        pass
    with transaction() as session:
        session.add(Municipality(name="Kassel"))
    assert names() == ["Kassel"]


@only_sqlite
def test_a_transaction_takes_the_write_lock_at_once_and_a_read_never_does(app, statements):
    with transaction():
        pass
    db.session.scalar(select(1))
    look_again()
    assert [s for s in statements if s.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]


def test_reading_goes_on_while_somebody_writes(app, event):
    writing, may_end = threading.Event(), threading.Event()

    def write():
        with app.app_context(), transaction() as session:
            session.get_one(Event, event_id).title = "Renamed"
            session.flush()
            writing.set()
            may_end.wait(10)

    event_id = event.id
    writer = threading.Thread(target=write)
    writer.start()
    assert writing.wait(10)
    look_again()
    assert db.session.get_one(Event, event_id).title == "Opening conference"
    may_end.set()
    writer.join()
    look_again()
    assert db.session.get_one(Event, event_id).title == "Renamed"


def test_no_change_is_lost_when_many_write_the_same_row(app, event):
    def raise_retention():
        with transaction():
            locked(Event, event_id).retention_months += 1

    event_id, before = event.id, event.retention_months
    assert together(app, *[raise_retention] * 8) == [None] * 8
    look_again()
    assert event.retention_months == before + 8


@only_postgresql
def test_rows_with_joined_tables_can_be_locked(app, event, participant):
    participant_id = participant.participant_id
    with transaction():
        assert locked(Participant, participant_id).name == "Paula Participant"
        assert locked(Participant, participant_id, shared=True).name == "Paula Participant"


@only_postgresql
def test_a_shared_lock_lets_others_share_and_holds_off_who_wants_to_change(app, event):
    holding, may_end, changed = threading.Barrier(3), threading.Event(), threading.Event()

    def share():
        with app.app_context(), transaction():
            locked(Event, event_id, shared=True)
            holding.wait(10)
            may_end.wait(10)

    def change():
        with app.app_context(), transaction():
            locked(Event, event_id).title = "Renamed"
        changed.set()

    event_id = event.id
    sharers = [threading.Thread(target=share) for _ in range(2)]
    changer = threading.Thread(target=change)
    for thread in sharers:
        thread.start()
    holding.wait(10)  # both hold it at the same time
    changer.start()
    assert not changed.wait(0.3)
    may_end.set()
    assert changed.wait(10)
    for thread in (*sharers, changer):
        thread.join()


def test_who_wants_to_change_a_row_has_their_turn_while_others_go_on_sharing_it(app, event):
    changed = threading.Event()
    event_id = event.id

    def share(begin):
        time.sleep(begin)
        while not changed.is_set() and time.monotonic() < end:
            with app.app_context(), transaction():
                locked(Event, event_id, shared=True)
                time.sleep(0.1)

    def change():
        time.sleep(0.2)
        with app.app_context(), transaction():
            locked(Event, event_id).title = "Renamed"
        changed.set()

    end = time.monotonic() + 10
    crowd = [threading.Thread(target=share, args=(n * 0.03,)) for n in range(3)]
    everybody = [*crowd, threading.Thread(target=change)]
    for thread in everybody:
        thread.start()
    for thread in everybody:
        thread.join()
    assert time.monotonic() < end


def test_locking_or_finding_what_is_not_there_is_not_found(app):
    with transaction(), pytest.raises(NotFound):
        locked(Event, 4711)
    with pytest.raises(NotFound):
        found(Event, 4711)


def test_a_locked_row_is_read_anew(app, event):
    event_id = event.id

    def rename():
        with app.app_context(), transaction() as session:
            session.get_one(Event, event_id).title = "Renamed"

    assert event.title == "Opening conference"
    contextvars.Context().run(rename)
    with transaction():
        assert locked(Event, event_id) is event
        assert event.title == "Renamed"


@pytest.fixture
def concern_id(app, event, participant):
    from app.livepolls import actions
    from tests.factories import item_of_kind
    from tests.livepolls.polls import open_poll

    poll = open_poll(event, item_of_kind(event, "poll"))
    with transaction():
        concern, _ = actions.write_concern(poll, participant.person, "Childcare", "k")
    return concern.id


def test_inserting_once_says_whether_it_is_new(app, event, join, concern_id):
    person_id = join(event).participant_id
    for expected in (True, False):
        with transaction():
            support = ConcernSupport(concern_id=concern_id, participant_id=person_id)
            assert set_row(support, there=True) is expected


def test_inserting_once_at_the_same_time_is_new_for_one_only(app, event, join, concern_id):
    person_id = join(event).participant_id

    def support():
        with transaction():
            return set_row(
                ConcernSupport(concern_id=concern_id, participant_id=person_id), there=True
            )

    assert sorted(together(app, *[support] * 6)) == [False] * 5 + [True]


def test_inserting_once_still_refuses_what_belongs_to_nothing(app, event, join):
    person_id = join(event).participant_id
    with pytest.raises(IntegrityError), transaction():
        set_row(ConcernSupport(concern_id=4711, participant_id=person_id), there=True)


def test_moments_come_back_in_utc_whatever_zone_they_were_given_in(app, event):
    noon = datetime(2026, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    with transaction():
        event.created_at = noon
    look_again()
    assert event.created_at == noon
    assert event.created_at.tzinfo == UTC
    assert now().tzinfo == UTC


def test_moments_without_a_zone_are_refused(app, event):
    with pytest.raises(StatementError, match="time zone"), transaction():
        event.created_at = datetime(2026, 3, 1, 12, 0)


@only_sqlite
def test_sqlite_keeps_foreign_keys_and_a_write_ahead_log(app):
    ask = lambda name: db.session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()  # noqa: E731
    assert ask("foreign_keys") == 1
    assert ask("journal_mode") == "wal"


def test_the_database_answers(app):
    assert is_reachable()
