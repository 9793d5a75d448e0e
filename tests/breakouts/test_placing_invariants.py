"""Whatever happens in whatever order: nobody is in two rooms, and nobody present is in none."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.breakouts import actions, queries
from app.breakouts.models import Mode, PlacedHow, Placement, Round, RoundState
from app.breakouts.timekeeping import keep_time, place_strays
from app.database import locked, now, transaction
from app.errors import DomainError
from app.events import actions as event_actions
from app.events.models import Event, Participant
from app.extensions import db
from app.permissions import Role
from tests.breakouts.rounds import item, make_conference
from tests.factories import make_municipality

# Races are tried on PostgreSQL; the order of things is the same on both.
pytestmark = pytest.mark.parametrize("database", ["sqlite"])
NUMBER = st.integers(0, 30)
STEPS = st.one_of(
    st.tuples(st.just("join"), NUMBER),
    st.tuples(st.just("leave"), NUMBER),
    st.tuples(st.just("arrive"), NUMBER),
    st.tuples(st.just("step"), NUMBER),
    st.tuples(st.just("choose"), NUMBER),
    st.tuples(st.just("move"), NUMBER),
    st.tuples(st.just("extend"), NUMBER),
    st.tuples(st.just("end"), NUMBER),
    st.tuples(st.just("reopen"), NUMBER),
    st.tuples(st.just("deadline"), NUMBER),
    st.tuples(st.just("role"), NUMBER),
    st.tuples(st.just("remove"), NUMBER),
)
TITLES = ("Round 1", "Round 2", "Round 3", "Plenum")


class Conference:
    """A conference in which things happen; what is refused has not happened."""

    def __init__(self, seats: int | None) -> None:
        self.event: Event = make_conference()
        self.towns = [make_municipality(cluster=c) for c in "112"]
        self.seats = seats
        with transaction():
            for title in TITLES[:3]:
                step = item(self.event, title)
                event_actions.change_item(step, settings={**step.settings, "capacity": seats or ""})

    def do(self, name: str, number: int) -> None:
        """Let something happen."""
        try:
            getattr(self, name)(number)
        except DomainError:
            db.session.rollback()

    @property
    def people(self) -> list[Participant]:
        """Everybody who has ever joined."""
        query = select(Participant).where(Participant.event_id == self.event.id)
        return list(db.session.scalars(query.order_by(Participant.id)))

    def person(self, number: int) -> Participant:
        """One of them."""
        people = self.people
        if not people:
            raise DomainError
        return people[number % len(people)]

    @property
    def round(self) -> Round:
        """The round that is open."""
        round_ = queries.open_round(self.event.id)
        if round_ is None:
            raise DomainError
        return round_

    def join(self, number: int) -> None:
        town = [*self.towns, None][number % 4]
        with transaction():
            event_actions.join(self.event, name="Guest", municipality_id=town.id if town else None)

    def leave(self, number: int) -> None:
        with transaction():
            self.person(number).present_until = None

    def arrive(self, number: int) -> None:
        with transaction():
            event_actions.arrive(self.person(number).id)

    def step(self, number: int) -> None:
        with transaction():
            event_actions.start_step(self.event, item(self.event, TITLES[number % 4]))

    def choose(self, number: int) -> None:
        with transaction():
            round_ = locked(Round, self.round.id)
            person = self.person(number // 3)
            if person.role == Role.PARTICIPANT and person.removed_at is None:
                actions.choose(round_, person, round_.rooms[number % len(round_.rooms)])

    def move(self, number: int) -> None:
        with transaction():
            round_ = locked(Round, self.round.id)
            if round_.rooms:
                room = round_.rooms[number % len(round_.rooms)]
                actions.move(round_, self.person(number // 3), room)

    def extend(self, number: int) -> None:
        with transaction():
            actions.extend(locked(Round, self.round.id), number)

    def end(self, _number: int) -> None:
        with transaction():
            actions.end_round(locked(Round, self.round.id))

    def reopen(self, number: int) -> None:
        round_ = queries.round_of(item(self.event, TITLES[number % 3]))
        with transaction():
            actions.reopen(actions.hold(round_.id))

    def deadline(self, _number: int) -> None:
        past = now() - timedelta(seconds=1)
        column = "choose_until" if self.round.is_choosing else "ends_at"
        with transaction() as session:
            session.execute(update(Round).where(Round.id == self.round.id).values({column: past}))
        keep_time()

    def role(self, number: int) -> None:
        role = Role.PARTICIPANT if number % 2 else Role.OBSERVER
        with transaction():
            event_actions.change_person(locked(Participant, self.person(number).id), role=role)

    def remove(self, number: int) -> None:
        with transaction():
            event_actions.remove_person(locked(Participant, self.person(number).id))

    def placements(self, round_: Round) -> list[Placement]:
        """Who is where in a round."""
        return list(db.session.scalars(select(Placement).where(Placement.round_id == round_.id)))


def check(conference: Conference) -> None:
    """What always holds, and after the look that is taken every second, too."""
    db.session.rollback()
    rounds = db.session.scalars(select(Round).where(Round.event_id == conference.event.id)).all()
    running = [round_ for round_ in rounds if round_.is_open]
    assert len(running) <= 1
    for round_ in rounds:
        places = conference.placements(round_)
        assert max(Counter(p.participant_id for p in places).values(), default=1) == 1
        assert {p.room_id for p in places} <= {None, *(room.id for room in round_.rooms)}
    for round_ in running:
        inside = {p.participant_id: p.room_id for p in conference.placements(round_)}
        for person in conference.people:
            belongs = person.role == Role.PARTICIPANT and person.removed_at is None
            if belongs and person.is_present:
                assert person.id in inside
                assert inside[person.id] or round_.state is RoundState.CHOOSING
            assert belongs or person.id not in inside


@pytest.mark.usefixtures("app")
@settings(max_examples=60)
@given(st.lists(STEPS, min_size=3, max_size=25), st.sampled_from([None, 1, 2]))
def test_nobody_is_in_two_rooms_and_nobody_present_is_in_none(steps, seats):
    conference = Conference(seats)
    for name, number in steps:
        conference.do(name, number)
        check(conference)
    place_strays()
    check(conference)


@pytest.mark.usefixtures("app")
@settings(max_examples=60)
@given(
    st.integers(0, 20),
    st.lists(st.tuples(st.sampled_from(["join", "leave", "arrive"]), NUMBER), max_size=20),
)
def test_sizes_never_differ_by_more_than_one_where_nobody_is_moved(before, after):
    conference = Conference(None)
    for number in range(before):
        conference.join(number)
    conference.step(0)
    for name, number in after:
        conference.do(name, number)
        round_ = conference.round
        counts = Counter(p.room_id for p in conference.placements(round_))
        sizes = [counts[room.id] for room in round_.rooms]
        assert max(sizes) - min(sizes) <= 1


@pytest.mark.usefixtures("app")
@settings(max_examples=60)
@given(
    st.integers(1, 12),
    st.lists(st.tuples(st.sampled_from(["join", "choose", "leave"]), NUMBER), max_size=25),
    st.sampled_from([None, 2, 3]),
)
def test_choices_respect_seats_and_what_one_had_before(before, after, seats):
    conference = Conference(seats)
    for number in range(before):
        conference.join(number)
    conference.step(0)
    first = {p.participant_id: p.room_id for p in conference.placements(conference.round)}
    had = {who: topic(room) for who, room in first.items()}
    conference.step(1)
    for name, number in after:
        conference.do(name, number)
    chosen = [p for p in conference.placements(conference.round) if p.how is PlacedHow.CHOSEN]
    assert all(c <= (seats or 99) for c in Counter(p.room_id for p in chosen).values())
    conference.deadline(0)
    round_ = conference.round
    assert round_.mode is Mode.SELF_SELECT
    for placement in conference.placements(round_):
        assert topic(placement.room_id) != had.get(placement.participant_id)
    kept = {p.participant_id: p.room_id for p in conference.placements(round_)}
    assert all(kept[p.participant_id] == p.room_id for p in chosen)


def topic(room_id: int | None) -> int | None:
    """The topic of a room."""
    from app.breakouts.models import Room

    return db.session.get_one(Room, room_id).aspect_id
