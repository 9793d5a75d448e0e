"""Who is in which room: late-comers, those who choose, those who are moved."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.breakouts import queries
from app.breakouts.actions.homing import at_home
from app.breakouts.actions.mixing import mixed, mixed_in
from app.breakouts.actions.spreading import besides_alike, besides_led, prepared_room
from app.breakouts.engine.evening import even_out
from app.breakouts.engine.keeping import partners, seat_all
from app.breakouts.engine.pairing import split
from app.breakouts.engine.placing import place
from app.breakouts.engine.problem import Person
from app.breakouts.engine.problem import Room as Seats
from app.breakouts.engine.seats import with_seats
from app.breakouts.facts import PlacementChanged
from app.breakouts.models import (
    BY_ATTRIBUTE,
    BY_CHOICE,
    Mode,
    PlacedHow,
    Placement,
    Room,
    Round,
)
from app.database import locked
from app.errors import Conflict, NotFound
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce
from app.permissions import Role

Pairs = Sequence[tuple[int, int]]


def settle(person: Participant, *, arriving: bool = False) -> Round | None:
    """Bring somebody's place in line with who they are now, in the round that is open, if one is.

    For who arrives the event is held (shared), so that no round opens past them.
    """
    running = queries.open_round(person.event_id)
    if running is None:
        return None
    round_ = locked(Round, running.id)
    if round_.is_open:
        settle_in(round_, person, arriving or person.is_present)
    return round_


def settle_in(round_: Round, person: Participant, here: bool) -> None:
    """Place somebody who is here and belongs into a room, or take out who does not belong."""
    placement = queries.placement_of(round_.id, person.id)
    belongs = person.role == Role.PARTICIPANT and person.removed_at is None
    if belongs and here and not round_.is_home_to(placement):
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
    prepared = prepared_room(round_, person)
    if prepared is not None:
        put(round_, person, prepared.id, PlacedHow.PREPARED)
        return
    if round_.mode in BY_ATTRIBUTE:
        room_id = at_home(round_, person).id
    elif not round_.is_choosing:
        room_id = _smallest(round_, person)
    put(round_, person, room_id, PlacedHow.LATE)


def put(round_: Round, person: Participant, room_id: int | None, how: PlacedHow) -> None:
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


def _smallest(round_: Round, person: Participant) -> int:
    """Of the rooms that they may be in, that of the fewest; one too full is better than none."""
    newcomer, inside = mixed(round_, person)
    excluded: set[int] = set()
    if round_.mode in BY_CHOICE:
        excluded = queries.excluded_rooms(round_, {person.id}).get(person.id, set())
    known = {each.id for people in inside.values() for each in people} | {person.id}
    bonds = split(queries.ties_among(round_, known))
    excluded = besides_led(round_, person, excluded, inside, bonds)
    return _seat(newcomer, round_, inside, excluded, bonds)


def _seat(
    person: Person[int],
    round_: Round,
    inside: dict[int | None, list[Person[int]]],
    excluded: set[int],
    bonds: tuple[Pairs, Pairs] = ((), ()),
) -> int:
    """The room without those they are kept apart from, then with theirs, then with a free seat."""
    rooms: list[Room] = [r for r in round_.going_on if r.id not in excluded] or round_.going_on
    friends, foes = (partners(pairs).get(person.id, set()) for pairs in bonds)
    rooms = [r for r in rooms if foes.isdisjoint(_ids(inside[r.id]))] or rooms
    taken = {room.id: inside[room.id] for room in rooms}
    befriended = [r for r in rooms if not friends.isdisjoint(_ids(taken[r.id]))]
    rooms = _open_to_friends(befriended, rooms, taken) or rooms
    sizes = {room.id: len(taken[room.id]) for room in rooms}
    free = with_seats(sizes, sizes, {room.id: room.capacity for room in rooms})
    return place(person, [Seats(id) for id in free], taken)


def _ids(people: Sequence[Person[int]]) -> set[int]:
    return {person.id for person in people}


def _open_to_friends(
    befriended: Sequence[Room],
    rooms: Sequence[Room],
    inside: Mapping[int, Sequence[Person[int]]],
) -> list[Room]:
    """Those of the friends' rooms that take one more, though they may be full by a common number.

    Where rooms are assigned that is no more than a measure for them; if all are full, any does.
    """
    full = {r.id for r in rooms if r.capacity is not None and len(inside[r.id]) >= r.capacity}
    if len(full) == len(rooms):
        return list(befriended)
    return [r for r in befriended if r.id not in full or r.firm_seats is None]


def place_undecided(round_: Round) -> None:
    """Place whoever has not chosen, where they may be; rooms become as even as they can.

    First those who are named, then those who are to be with somebody or apart from them.
    """
    inside = mixed_in(round_)
    undecided = inside.pop(None, [])
    excluded = queries.excluded_rooms(round_, {person.id for person in undecided})
    known = {each.id for people in (*inside.values(), undecided) for each in people}
    ties, waiting = queries.ties_among(round_, known), queries.roomless(round_)
    rooms = {room.id: room.capacity for room in round_.rooms}
    open_to_all = {room.id: inside[room.id] for room in round_.going_on}
    where = _place_named(round_, undecided, inside, excluded, split(ties))
    others = [person for person in undecided if person.id not in where]
    found, bound = seat_all(others, open_to_all, ties, capacities=rooms, excluded=excluded)
    stay = where.keys() | bound
    where |= found
    may_be_in = {
        id: {where[id]} if id in stay else rooms.keys() - excluded.get(id, set()) for id in where
    }
    even_out(where, may_be_in, {id: len(inside[id]) for id in rooms}, rooms)
    for participant_id, room_id in where.items():
        waiting[participant_id].room_id = room_id
        waiting[participant_id].how = PlacedHow.FALLBACK
    db.session.flush()


def _place_named(
    round_: Round,
    undecided: Sequence[Person[int]],
    inside: dict[int | None, list[Person[int]]],
    excluded: Mapping[int, set[int]],
    bonds: tuple[Pairs, Pairs],
) -> dict[int, int]:
    """Those who are named, where fewest are named for the same."""
    named = queries.named_in(round_)
    where: dict[int, int] = {}
    for person in (each for each in undecided if each.id in named):
        kept_out = excluded.get(person.id, set())
        kept_out = besides_alike(round_, person.id, named, kept_out, inside, bonds)
        where[person.id] = _seat(person, round_, inside, kept_out, bonds)
        inside[where[person.id]].append(person)
    return where


def choose(round_: Round, person: Participant, room: Room) -> None:
    """Go into a room of one's own choice; the round is held, so seats are counted truly."""
    require_choice(round_, person, room)
    if round_.mode == Mode.WISHES:
        raise Conflict(_l("Name your wishes instead. Everybody is placed when the time is up."))
    placement = queries.placement_of(round_.id, person.id)
    if placement is not None and placement.room_id == room.id:
        return
    if is_full(room):
        raise Conflict(_l("This room is full. Please choose another one, or wait for a seat."))
    put(round_, person, room.id, PlacedHow.CHOSEN)


def require_choice(round_: Round, person: Participant, room: Room) -> None:
    """Raise unless somebody may choose this room now."""
    if room.round_id != round_.id:
        raise NotFound
    round_.require_choosing()
    placement = queries.placement_of(round_.id, person.id)
    if placement is not None and placement.room_id == room.id:
        return
    if room.id in queries.excluded_rooms(round_, {person.id}).get(person.id, set()):
        raise Conflict(_l("You had this topic before. Please choose another one."))


def is_full(room: Room) -> bool:
    """Whether there is no seat left."""
    return room.capacity is not None and queries.count_in(room) >= room.capacity
