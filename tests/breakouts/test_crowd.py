"""A crowd goes through three rounds; at every moment everybody present is in one room."""

import random
import threading
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.breakouts import actions, queries
from app.breakouts.models import Placement, Room, Round, RoundState, Stay
from app.breakouts.timekeeping import pass_duties_on, place_strays
from app.database import locked, now, transaction
from app.events import actions as event_actions
from app.events.facts import ParticipantLeft
from app.events.models import Event, Participant
from app.extensions import db
from app.outbox import announce
from tests.breakouts.rounds import item, make_conference
from tests.factories import make_municipality

ROUNDS = ("Round 1", "Round 2", "Round 3")
TENTH = 10
LONG = timedelta(hours=1)  # that nobody is given up because the machine is slow


class Crowd:
    """People of some towns, who come, go, come back, choose, and are moved."""

    def __init__(self, event: Event, count: int) -> None:
        self.event_id, self.count = event.id, count
        self.towns = [make_municipality(cluster=str(number % 4)).id for number in range(12)]
        self.dice = random.Random(count)
        self.here: list[int] = []
        self.gone: list[int] = []

    @property
    def event(self) -> Event:
        return db.session.get_one(Event, self.event_id)

    def comes(self) -> None:
        town = self.dice.choice([*self.towns, None])
        with transaction():
            joined = event_actions.join(self.event, name="Guest", municipality_id=town)
            joined.present_until = now() + LONG
        self.here.append(joined.id)

    def goes(self) -> None:
        id = self.here.pop(self.dice.randrange(len(self.here)))
        with transaction() as session:
            session.get_one(Participant, id).present_until = None
            session.flush()
            announce(ParticipantLeft(self.event_id, id), self.event.channel)
        self.gone.append(id)

    def comes_back(self) -> None:
        id = self.gone.pop()
        with transaction():
            event_actions.arrive(id)
            db.session.get_one(Participant, id).present_until = now() + LONG
        self.here.append(id)

    def is_moved(self, round_id: int) -> None:
        with transaction():
            round_ = locked(Round, round_id)
            room = self.dice.choice(round_.rooms)
            person = db.session.get_one(Participant, self.dice.choice(self.here))
            actions.move(round_, person, room)

    def is_swapped(self, round_id: int) -> None:
        with transaction():
            round_ = locked(Round, round_id)
            inside = queries.occupancy(round_)
            full = [people for room, people in inside.items() if room and people]
            if len(full) > 1:
                pair = [self.dice.choice(people).id for people in self.dice.sample(full, 2)]
                actions.swap(round_, *(db.session.get_one(Participant, id) for id in pair))

    def chooses(self, round_id: int) -> None:
        with transaction():
            round_ = locked(Round, round_id)
            person = db.session.get_one(Participant, self.dice.choice(self.here))
            taken = queries.excluded_rooms(round_, {person.id}).get(person.id, set())
            free = [room for room in round_.rooms if room.id not in taken]
            actions.choose(round_, person, self.dice.choice(free))

    def walks(self, title: str) -> None:
        """Through one round, from its opening to its end."""
        with transaction():
            event_actions.start_step(self.event, item(self.event, title))
        round_id = queries.open_round(self.event_id).id
        for _number in range(self.count // TENTH):
            self.goes()
            self.comes()
            if title == "Round 2":
                self.chooses(round_id)
            else:
                self.is_moved(round_id)
                self.is_swapped(round_id)
            if self.dice.random() < 0.3:
                self.comes_back()
        if title == "Round 2":
            with transaction():
                actions.end_choosing(locked(Round, round_id))
            for _number in range(5):
                self.is_swapped(round_id)
        place_strays()
        pass_duties_on()


def astray() -> list[str]:
    """What is wrong at this moment; one look at the database, which shows one moment."""
    db.session.rollback()
    moment = now()
    lost = db.session.execute(queries.strays(moment)).all()
    places = select(Placement.round_id, Placement.participant_id).group_by(
        Placement.round_id, Placement.participant_id
    )
    twice = db.session.execute(places.having(func.count() > 1)).all()
    roomless = db.session.scalars(
        select(Placement.participant_id)
        .join(Round, Round.id == Placement.round_id)
        .where(Round.state == RoundState.OPEN, Placement.room_id.is_(None))
    ).all()
    elsewhere = db.session.execute(
        select(Placement.participant_id)
        .join(Room, Room.id == Placement.room_id)
        .where(Room.round_id != Placement.round_id)
    ).all()
    found = {"lost": lost, "twice": twice, "roomless": roomless, "elsewhere": elsewhere}
    return [f"{what}: {rows}" for what, rows in found.items() if rows]


def noted_wrongly(event_id: int) -> list[str]:
    """Whose stay is not where they are, or goes on though they are away."""
    db.session.rollback()
    open_round = queries.open_round(event_id)
    rows = db.session.execute(
        select(Stay.participant_id, Stay.room_id).where(Stay.until.is_(None))
    ).all()
    noted = {id: room for id, room in rows}
    if open_round is None:
        return [f"{id} is still noted" for id in noted]
    placed = db.session.execute(
        select(Placement.participant_id, Placement.room_id, Participant.present_until)
        .join(Participant, Participant.id == Placement.participant_id)
        .where(Placement.round_id == open_round.id, Placement.room_id.is_not(None))
    )
    there = {id: room for id, room, until in placed if until is not None}
    return [] if noted == there else [f"noted {noted.items() ^ there.items()}"]


@pytest.fixture
def looks(app):
    """What was wrong at any moment, and how often that was looked at, until it is asked for."""
    seen, over = Counter(), threading.Event()

    def look():
        with app.app_context():
            while not over.wait(0.02):
                seen["looks"] += 1
                seen.update(astray())

    watcher = threading.Thread(target=look)
    watcher.start()

    def result():
        over.set()
        watcher.join()
        return seen

    yield result
    result()


@pytest.mark.parametrize("count", [300])
def test_at_every_moment_everybody_present_is_in_one_room(app, count, looks):
    event = make_conference()
    crowd = Crowd(event, count)
    for _number in range(count):
        crowd.comes()
    for title in ROUNDS:
        crowd.walks(title)
        assert noted_wrongly(event.id) == []
    with transaction():
        event_actions.start_step(event, item(event, "Plenum"))
    seen = looks()
    assert seen.pop("looks") > 20
    assert seen == {}
    assert noted_wrongly(event.id) == []
    people = db.session.scalar(select(func.count()).select_from(Participant))
    assert people == count + 3 * (count // TENTH)
    stays = db.session.scalar(select(func.count()).select_from(Stay))
    assert stays > 3 * count
