"""The room of those who come late, where rooms are of people who have something in common."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.breakouts import queries
from app.breakouts.engine.merging import TIES, Tie
from app.breakouts.facts import RoomChanged
from app.breakouts.models import Mode, Room, Round
from app.breakouts.planning.attributes import label_of
from app.breakouts.planning.drafting import rules_of
from app.breakouts.planning.grouping import home_among
from app.breakouts.planning.homes import home, state_of
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce


def at_home(round_: Round, person: Participant) -> Room:
    """The room of somebody's own people; where there is none, their neighbours take them in."""
    where = _home(round_, person)
    if where is None:
        return _new_home(round_, person)
    room, tie = where
    if tie is not None:
        _take_in(room, person, tie)
    return room


def _home(round_: Round, person: Participant) -> tuple[Room, Tie | None] | None:
    if round_.mode == Mode.MUNICIPALITY:
        return home(person, _by_size(round_))
    label = label_of(person, round_.mode.value)
    return home_among(label, _by_size(round_), rules_of(round_).neighbours)


def _by_size(round_: Round) -> list[Room]:
    """The rooms, first those with a free seat, then those in which fewest are here, or placed."""
    inside = queries.occupancy(round_)

    def size(room: Room) -> tuple[bool, int, int, int]:
        people = inside.get(room.id, [])
        is_full = room.capacity is not None and len(people) >= room.capacity
        return is_full, sum(person.is_here for person in people), len(people), room.number

    return sorted(round_.going_on, key=size)


def _take_in(room: Room, person: Participant, tie: Tie) -> None:
    """Let a municipality, a state or a function share a room; everybody sees it."""
    _name(room, person)
    room.why = max((each for each in (room.why, tie) if each in TIES), key=TIES.index)
    announce(RoomChanged(room.round_id, room.id), room.round.event.channel, room.channel)


def _new_home(round_: Round, person: Participant) -> Room:
    last = db.session.scalar(select(func.max(Room.number)).where(Room.round_id == round_.id)) or 0
    room = Room(
        round=round_, number=last + 1, title="", municipality_ids=[], states=[], functions=[]
    )
    db.session.add(room)
    _name(room, person)
    if not room.title:
        room.why = "common"
    db.session.flush()
    announce(RoomChanged(round_.id, room.id), round_.event.channel)
    return room


def _name(room: Room, person: Participant) -> None:
    """Add what somebody brings to what the room is of."""
    name = ""
    if room.round.mode == Mode.FUNCTION:
        name = str(label_of(person, Mode.FUNCTION) or "")
        room.functions = _with(room.functions, name)
    elif room.round.mode == Mode.STATE:
        name = str(label_of(person, Mode.STATE) or "")
        room.states = _with(room.states, name)
    elif person.municipality is not None:
        name = person.municipality.name
        room.municipality_ids = [*room.municipality_ids, person.municipality.id]
    else:
        name = state_of(person) or ""
        room.states = _with(room.states, name)
    if room.first_title is None:  # what moderators call it stays
        room.title = " · ".join(part for part in (room.title, name) if part)


def _with(names: Sequence[str], name: str) -> list[str]:
    return [*names, name] if name else list(names)
