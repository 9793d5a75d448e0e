"""Things that happen at the same moment, on PostgreSQL, where they really do."""

import threading

import pytest
from sqlalchemy import delete, select, text, update

from app.breakouts import actions, queries
from app.breakouts.facts import ChoosingEnded, RoundEnded
from app.breakouts.models import GRACE, Placement, Report, Room, Round, RoundState, Stay
from app.breakouts.timekeeping import keep_time
from app.database import locked, now, transaction
from app.errors import Conflict
from app.events import actions as event_actions
from app.events.models import Event, Participant
from app.extensions import db
from tests.breakouts.rounds import come, item, make_conference, room_of, sizes, start, where
from tests.together import failures, together

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.parametrize("database", ["postgresql"]),
]
TRIES = range(5)


def joining(event_id):
    def join():
        with transaction():
            return event_actions.join(db.session.get_one(Event, event_id), name="Guest").id

    return join


def arriving(person_id):
    def arrive():
        with transaction():
            event_actions.arrive(person_id)

    return arrive


def starting(event_id, item_id):
    def go():
        from app.events.queries import item_of

        with transaction():
            event = db.session.get_one(Event, event_id)
            event_actions.start_step(event, item_of(event, item_id))

    return go


def choosing(round_id, person_id, room_id):
    def choose():
        with transaction():
            round_ = locked(Round, round_id)
            person = db.session.get_one(Participant, person_id)
            actions.choose(round_, person, db.session.get_one(Room, room_id))

    return choose


@pytest.mark.parametrize("_try", TRIES)
@pytest.mark.parametrize("title", ["Round 1", "Round 2", "Round 3"])
def test_who_joins_while_the_rooms_are_opened_is_placed(app, event, title, _try):
    come(event, 3)
    opening = starting(event.id, item(event, title).id)
    results = together(app, *[joining(event.id)] * 6, opening)
    assert failures(results) == []
    round_ = queries.round_of(item(event, title))
    assert len(where(round_)) == 9
    if title == "Round 1":
        assert sizes(round_) == [3, 3, 3]


@pytest.mark.parametrize("_try", TRIES)
def test_who_comes_back_while_the_rooms_are_opened_is_placed(app, event, _try):
    people = come(event, 6)
    with transaction() as session:
        session.execute(update(Participant).values(present_until=None))
    opening = starting(event.id, item(event, "Round 1").id)
    deeds = [arriving(person.id) for person in people]
    assert failures(together(app, *deeds[:3], opening, *deeds[3:])) == []
    assert sizes(queries.round_of(item(event, "Round 1"))) == [2, 2, 2]


@pytest.mark.parametrize("_try", TRIES)
def test_two_starts_open_one_set_of_rooms(app, event, _try):
    come(event, 4)
    opening = starting(event.id, item(event, "Round 1").id)
    assert failures(together(app, opening, opening)) == []
    round_ = queries.round_of(item(event, "Round 1"))
    assert len(round_.rooms) == 3
    assert len(where(round_)) == 4


@pytest.mark.parametrize("_try", TRIES)
def test_the_last_seat_goes_to_one(app, _try):
    event = make_conference(("One", "Two"))
    with transaction():
        settings = {"mode": "self_select", "capacity": "1"}
        event_actions.change_item(item(event, "Round 2"), settings=settings)
    people = come(event, 5)
    round_ = start(event, "Round 2")
    room = round_.rooms[0]
    results = together(app, *[choosing(round_.id, p.id, room.id) for p in people])
    refused = failures(results)
    assert len(refused) == 4
    assert all(isinstance(each, Conflict) for each in refused)
    assert sizes(round_) == [1, 0]


@pytest.mark.parametrize("_try", TRIES)
def test_choosing_against_its_end_leaves_everybody_in_one_room(app, event, announced, _try):
    people = come(event, 4)
    round_ = start(event, "Round 2")
    with transaction():
        locked(Round, round_.id).choose_until = now()
    late = [choosing(round_.id, person.id, round_.rooms[0].id) for person in people]
    results = together(app, *late, keep_time, keep_time)
    assert all(isinstance(each, Conflict) for each in failures(results))
    assert round_.state is RoundState.OPEN
    assert set(where(round_)) == {person.id for person in people}
    assert None not in where(round_).values()
    assert announced(event.channel).count(ChoosingEnded(round_.id)) == 1


def test_several_clocks_end_a_round_once(app, event, announced):
    round_ = start(event, "Round 1")
    with transaction():
        locked(Round, round_.id).ends_at = now() - GRACE
    assert failures(together(app, *[keep_time] * 4)) == []
    assert announced(event.channel).count(RoundEnded(round_.id)) == 1


@pytest.mark.parametrize("_try", TRIES)
def test_of_two_reports_from_one_state_only_one_stands(app, event, _try):
    (person,) = come(event)
    room = room_of(start(event, "Round 1"), person)

    def reporting(text):
        def report():
            with transaction():
                held = locked(Room, room_id)
                author = db.session.get_one(Participant, person_id)
                actions.write_report(held, author, {"discussed": text}, 0)

        return report

    room_id, person_id = room.id, person.id
    refused = failures(together(app, reporting("One"), reporting("Two")))
    assert [type(each) for each in refused] == [Conflict]
    assert db.session.scalars(select(Report)).one().version == 1


def test_somebody_is_placed_while_a_moderator_still_holds_them(app, event):
    """Who changes a person waits for the round; who holds the round must not wait for them."""
    (person,) = come(event)
    round_ = start(event, "Round 1")
    with transaction() as session:
        session.execute(delete(Placement))
        session.execute(delete(Stay))
    ids, placed = (person.id, round_.id), threading.Event()

    def changing():
        with transaction():
            locked(Participant, ids[0])
            held.set()
            assert placed.wait(5)

    def placing():
        held.wait(5)
        with transaction() as session:
            session.execute(text("SET LOCAL lock_timeout = '2s'"))
            actions.settle_in(locked(Round, ids[1]), session.get_one(Participant, ids[0]), True)
        placed.set()

    held = threading.Event()
    assert failures(together(app, changing, placing)) == []
    assert set(where(round_)) == {ids[0]}
