"""Whatever happens in whatever order: nobody is in two rooms, and nobody present is in none."""

from collections import Counter
from datetime import timedelta

import pytest
from flask import current_app
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from app.breakouts import actions, queries
from app.breakouts.models import GRACE, Bond, Mode, PlacedHow, Placement, Round, RoundState, Stay
from app.breakouts.planning.balancing import better_balance
from app.breakouts.steps import breakout_step
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
    st.tuples(st.just("wish"), NUMBER),
    st.tuples(st.just("wait"), NUMBER),
    st.tuples(st.just("move"), NUMBER),
    st.tuples(st.just("swap"), NUMBER),
    st.tuples(st.just("balance"), NUMBER),
    st.tuples(st.just("extend"), NUMBER),
    st.tuples(st.just("shorten"), NUMBER),
    st.tuples(st.just("end_room"), NUMBER),
    st.tuples(st.just("end"), NUMBER),
    st.tuples(st.just("reopen"), NUMBER),
    st.tuples(st.just("deadline"), NUMBER),
    st.tuples(st.just("lapse"), NUMBER),
    st.tuples(st.just("press_next"), NUMBER),
    st.tuples(st.just("bind"), NUMBER),
    st.tuples(st.just("give_seats"), NUMBER),
    st.tuples(st.just("role"), NUMBER),
    st.tuples(st.just("remove"), NUMBER),
)
TITLES = ("Round 1", "Round 2", "Round 3", "Plenum")


class Conference:
    """A conference in which things happen; what is refused has not happened."""

    def __init__(self, seats: int | None, choice: Mode = Mode.SELF_SELECT) -> None:
        self.event: Event = make_conference()
        self.towns = [make_municipality(cluster=c) for c in "112"]
        self.seats = seats
        with transaction():
            for title in TITLES[:3]:
                step = item(self.event, title)
                chosen = step.settings["mode"] == Mode.SELF_SELECT
                said = {**step.settings, "capacity": seats or ""}
                said |= {"mode": choice.value} if chosen else {}
                event_actions.change_item(step, settings=said)

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

    def wish(self, number: int) -> None:
        with transaction():
            round_ = locked(Round, self.round.id)
            person = self.person(number // 3)
            if person.role == Role.PARTICIPANT and person.removed_at is None:
                actions.name_wishes(round_, person, round_.rooms[number % 3 :][:2])

    def wait(self, number: int) -> None:
        with transaction():
            round_ = locked(Round, self.round.id)
            person = self.person(number // 3)
            if person.role == Role.PARTICIPANT and person.removed_at is None:
                actions.wait(round_, person, round_.rooms[number % len(round_.rooms)])

    def move(self, number: int) -> None:
        with transaction():
            round_ = locked(Round, self.round.id)
            if round_.rooms:
                room = round_.rooms[number % len(round_.rooms)]
                actions.move(round_, self.person(number // 3), room)

    def swap(self, number: int) -> None:
        with transaction():
            round_ = locked(Round, self.round.id)
            actions.swap(round_, self.person(number // 3), self.person(number))

    def balance(self, _number: int) -> None:
        with transaction():
            round_ = locked(Round, self.round.id)
            actions.rebalance(round_, better_balance(round_))

    def shorten(self, number: int) -> None:
        with transaction():
            actions.shorten(locked(Round, self.round.id), number)

    def end_room(self, number: int) -> None:
        with transaction():
            round_ = locked(Round, self.round.id)
            if round_.rooms and not round_.is_choosing:
                room = round_.rooms[number % len(round_.rooms)]
                room.ends_at = now() - GRACE - timedelta(seconds=1)
        keep_time()

    def extend(self, number: int) -> None:
        with transaction():
            actions.extend(locked(Round, self.round.id), number)

    def end(self, _number: int) -> None:
        with transaction():
            actions.end_round(locked(Round, self.round.id))

    def reopen(self, number: int) -> None:
        """Mostly the round that the hall is at; any other one may not be opened."""
        here = [each.title for each in self.event.items if each.is_current][:1]
        titles = (*here, *here, TITLES[number % 3])
        round_ = queries.round_of(item(self.event, titles[number % len(titles)]))
        if round_ is not None:
            with transaction():
                actions.reopen(actions.hold(round_.id))

    def deadline(self, _number: int) -> None:
        past = now() - GRACE - timedelta(seconds=1)
        column = "choose_until" if self.round.is_choosing else "ends_at"
        with transaction() as session:
            session.execute(update(Round).where(Round.id == self.round.id).values({column: past}))
        keep_time()

    def lapse(self, _number: int) -> None:
        """The time for choosing runs out in a round that is over, and nobody looks."""
        over = Round.event_id == self.event.id, Round.state == RoundState.OVER
        past = now() - timedelta(seconds=1)
        with transaction() as session:
            chosen = Round.choose_until.is_not(None)
            session.execute(update(Round).where(*over, chosen).values(choose_until=past))

    def press_next(self, _number: int) -> None:
        """What the big button does."""
        with current_app.test_request_context():
            button = breakout_step.next_step(self.round.item)
        with transaction():
            round_ = locked(Round, self.round.id)
            ends_choosing = "/choice?" in button.url
            (actions.end_choosing if ends_choosing else actions.end_round)(round_)

    def bind(self, number: int) -> None:
        bond = Bond.APART if number % 2 else Bond.TOGETHER
        with transaction():
            pair = self.person(number), self.person(number // 3)
            actions.bind(self.round, *pair, bond, everywhere=True)

    def give_seats(self, number: int) -> None:
        step = self.round.item
        with transaction():
            event_actions.change_item(step, settings={**step.settings, "capacity": number % 4})

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


def check_stays(conference: Conference, round_: Round) -> None:
    """Whoever is noted to be in a room has it, and is noted once."""
    going_on = select(Stay).where(Stay.round_id == round_.id, Stay.until.is_(None))
    noted = [(stay.participant_id, stay.room_id) for stay in db.session.scalars(going_on)]
    places = [(p.participant_id, p.room_id) for p in conference.placements(round_)]
    assert set(noted) <= set(places)
    assert len(set(noted)) == len(noted)


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
        check_stays(conference, round_)
        inside = {p.participant_id: p.room_id for p in conference.placements(round_)}
        assert round_.is_choosing or None not in inside.values()
        for person in conference.people:
            belongs = person.role == Role.PARTICIPANT and person.removed_at is None
            if belongs and person.is_present:
                assert person.id in inside
                assert inside[person.id] or round_.state is RoundState.CHOOSING
            assert belongs or person.id not in inside


@pytest.mark.usefixtures("app")
@settings(max_examples=60)
@given(
    st.lists(STEPS, min_size=3, max_size=25),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([Mode.SELF_SELECT, Mode.WISHES]),
)
def test_nobody_is_in_two_rooms_and_nobody_present_is_in_none(steps, seats, choice):
    conference = Conference(seats, choice)
    for number in range(3):
        conference.join(number)
    conference.step(1)  # people choose
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
def test_who_comes_late_goes_where_fewest_are_here_then_where_fewest_have_a_seat(before, after):
    conference = Conference(None)
    for number in range(before):
        conference.join(number)
    conference.step(0)
    for name, number in after:
        there, crowds = conference.placements(conference.round), here_and_seats(conference)
        conference.do(name, number)
        known = {placement.participant_id for placement in there}
        late = [p for p in conference.placements(conference.round) if p.participant_id not in known]
        assert len(late) == (name == "join")
        assert all(crowds[placement.room_id] == min(crowds.values()) for placement in late)


def here_and_seats(conference: Conference) -> dict[int, tuple[int, int]]:
    """How many are in each room, and how many have their place there."""
    here = {person.id for person in conference.people if person.is_present}
    places = conference.placements(conference.round)
    seats = Counter(place.room_id for place in places)
    present = Counter(place.room_id for place in places if place.participant_id in here)
    return {room.id: (present[room.id], seats[room.id]) for room in conference.round.rooms}


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
