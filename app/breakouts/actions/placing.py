"""Who is in which room: late-comers, those who choose, those who are moved."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.breakouts import queries
from app.breakouts.assignment import place
from app.breakouts.facts import PlacementChanged, RoomChanged
from app.breakouts.homes import home, state_of
from app.breakouts.merging import TIES, Tie
from app.breakouts.models import Mode, PlacedHow, Placement, Room, Round
from app.breakouts.problem import Person
from app.breakouts.problem import Room as Seats
from app.database import locked
from app.errors import Conflict, NotFound
from app.events.models import Event, Participant
from app.extensions import db
from app.outbox import announce
from app.permissions import Role


def settle(person: Participant, *, arriving: bool = False) -> None:
    """Bring somebody's place in the open round in line with who they are now.

    Who arrives holds the event (shared), so that no round opens past them.
    """
    if arriving:
        locked(Event, person.event_id, shared=True)
    running = queries.open_round(person.event_id)
    if running is None:
        return
    round_ = locked(Round, running.id)
    if round_.is_open:
        settle_in(round_, person, arriving or person.is_present)


def settle_in(round_: Round, person: Participant, here: bool) -> None:
    """Place somebody who is here and belongs into a room, or take out who does not belong."""
    placement = queries.placement_of(round_.id, person.id)
    belongs = person.role == Role.PARTICIPANT and person.removed_at is None
    if placement is None and belongs and here:
        _place_late(round_, person)
    elif placement is not None and not belongs:
        db.session.delete(placement)
        _announce(round_, person, placement.room_id, None)


def settle_all(round_: Round) -> None:
    """Bring everybody's place in a round in line, as after a while in which it was over."""
    placements = db.session.scalars(select(Placement).where(Placement.round_id == round_.id)).all()
    known = {placement.participant_id: placement for placement in placements}
    for person in queries.people_of(round_):
        settle_in(round_, person, False)
    for person in queries.placeable(round_.event_id):
        if person.id not in known:
            _place_late(round_, person)


def _place_late(round_: Round, person: Participant) -> None:
    room_id = None
    if round_.mode == Mode.MUNICIPALITY:
        room_id = _home(round_, person).id
    elif not round_.is_choosing:
        room_id = _smallest(round_, person, queries.occupancy(round_))
    _put(round_, person, room_id, PlacedHow.LATE)


def _put(round_: Round, person: Participant, room_id: int | None, how: PlacedHow) -> None:
    """Let somebody be in a room, or choosing, and say so if it is new."""
    placement = queries.placement_of(round_.id, person.id)
    if placement is None:
        placement = Placement(round_id=round_.id, participant_id=person.id)
        db.session.add(placement)
    elif placement.room_id == room_id:
        return
    before, placement.room_id, placement.how = placement.room_id, room_id, how
    db.session.flush()
    _announce(round_, person, before, room_id)


def _announce(round_: Round, person: Participant, before: int | None, after: int | None) -> None:
    fact = PlacementChanged(round_.id, person.id, before, after)
    rooms = [f"room:{id}" for id in (before, after) if id is not None]
    announce(fact, round_.event.channel, person.channel, *rooms)


def _smallest(
    round_: Round, person: Participant, inside: dict[int | None, list[Person[int]]]
) -> int:
    """The smallest of the rooms that they may be in; one too full is better than none."""
    excluded = queries.excluded_rooms(round_, {person.id}).get(person.id, set())
    if round_.mode != Mode.SELF_SELECT:
        excluded = set()
    return _seat(Person(person.id, person.municipality_id), round_, inside, excluded)


def _seat(
    person: Person[int],
    round_: Round,
    inside: dict[int | None, list[Person[int]]],
    excluded: set[int],
) -> int:
    rooms = [room for room in round_.rooms if room.id not in excluded]
    free = [r for r in rooms if r.capacity is None or len(inside[r.id]) < r.capacity]
    taken = {room.id: inside[room.id] for room in rooms}
    return place(person, [Seats(room.id) for room in free or rooms], taken)


def place_undecided(round_: Round) -> None:
    """Place everybody who has not chosen: into the smallest room that they may be in."""
    inside = queries.occupancy(round_)
    undecided = inside.pop(None, [])
    excluded = queries.excluded_rooms(round_, {person.id for person in undecided})
    waiting = {
        placement.participant_id: placement
        for placement in db.session.scalars(
            select(Placement).where(Placement.round_id == round_.id, Placement.room_id.is_(None))
        )
    }
    for person in undecided:
        room_id = _seat(person, round_, inside, excluded.get(person.id, set()))
        inside[room_id].append(person)
        waiting[person.id].room_id = room_id
        waiting[person.id].how = PlacedHow.FALLBACK
    db.session.flush()


def choose(round_: Round, person: Participant, room: Room) -> None:
    """Go into a room of one's own choice; the round is held, so seats are counted truly."""
    if room.round_id != round_.id:
        raise NotFound
    round_.require_choosing()
    placement = queries.placement_of(round_.id, person.id)
    if placement is not None and placement.room_id == room.id:
        return
    if room.id in queries.excluded_rooms(round_, {person.id}).get(person.id, set()):
        raise Conflict(_l("You had this topic before. Please choose another one."))
    inside = queries.occupancy(round_)
    if room.capacity is not None and len(inside[room.id]) >= room.capacity:
        raise Conflict(_l("This room is full. Please choose another one."))
    _put(round_, person, room.id, PlacedHow.CHOSEN)


def move(round_: Round, person: Participant, room: Room) -> None:
    """Put somebody into another room, full or not: moderators know why. The round is held."""
    round_.require_open()
    if room.round_id != round_.id or person.event_id != round_.event_id:
        raise NotFound
    if person.role != Role.PARTICIPANT or person.removed_at is not None:
        raise Conflict(_l("Only participants are in rooms."))
    _put(round_, person, room.id, PlacedHow.MOVED)


def _home(round_: Round, person: Participant) -> Room:
    """The room of somebody's municipality; where it has none, its neighbours take it in."""
    sizes = {room_id: len(people) for room_id, people in queries.occupancy(round_).items()}
    where = home(person, round_.rooms, sizes)
    if where is None:
        return _new_home(round_, person)
    room, tie = where
    if tie is not None:
        _take_in(room, person, tie)
    return room


def _take_in(room: Room, person: Participant, tie: Tie) -> None:
    """Let a municipality, or a state, share a room; everybody sees it."""
    _name(room, person)
    room.why = max((each for each in (room.why, tie) if each in TIES), key=TIES.index)
    announce(RoomChanged(room.round_id, room.id), room.round.event.channel, room.channel)


def _new_home(round_: Round, person: Participant) -> Room:
    last = db.session.scalar(select(func.max(Room.number)).where(Room.round_id == round_.id)) or 0
    room = Room(round=round_, number=last + 1, title="", municipality_ids=[], states=[])
    db.session.add(room)
    _name(room, person)
    if not room.title:
        room.why = "common"
    db.session.flush()
    announce(RoomChanged(round_.id, room.id), round_.event.channel)
    return room


def _name(room: Room, person: Participant) -> None:
    """Add the person's municipality, or their state, to the room's."""
    if person.municipality is not None:
        room.municipality_ids = [*room.municipality_ids, person.municipality.id]
        name = person.municipality.name
    else:
        name = state_of(person) or ""
        room.states = [*room.states, name] if name else room.states
    room.title = " · ".join(part for part in (room.title, name) if part)
