"""Who would move, so that rooms are even again where some who were placed have not come."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import or_, select

from app.breakouts.engine.balancing import Move, rebalance
from app.breakouts.engine.problem import Person
from app.breakouts.engine.seats import seats_beside
from app.breakouts.models import Duty, Mode, Pair, PlacedHow, Room, Round, RoundState
from app.breakouts.planning.drafting import as_persons, rules_of
from app.breakouts.queries.rooms import placed_in
from app.breakouts.queries.rounds import history
from app.events.models import Participant
from app.extensions import db
from app.offload import run_apart

BY_ITSELF = (PlacedHow.AUTOMATIC, PlacedHow.LATE, PlacedHow.FALLBACK)  # nobody has wanted it so


def better_balance(round_: Round) -> list[Move[int]]:
    """Who would move where, so that the rooms have as many as they can of who is there.

    Only where rooms were assigned; whoever was put somewhere on purpose, is bound to somebody, or
    has a part in their room stays.
    """
    if round_.state != RoundState.OPEN or round_.mode != Mode.AUTOMATIC:
        return []
    rooms = {room.id: room.firm_seats for room in round_.rooms if not room.is_over}
    placed = placed_in(rooms)
    movable = {p.id for people in placed.values() for p, how in people if how in BY_ITSELF}
    inside, where = _here(round_, placed, rooms)
    seats = {
        id: seats_beside(most, len(placed[id]) - len(inside[id])) for id, most in rooms.items()
    }
    earlier = history(round_, where)
    return run_apart(rebalance, inside, seats, movable - _bound(round_), earlier)


def _here(
    round_: Round,
    placed: Mapping[int, Sequence[tuple[Participant, PlacedHow]]],
    rooms: Collection[int],
) -> tuple[dict[int, list[Person[int]]], set[int]]:
    """Who is in these rooms now, with all that they are mixed by; and who that is."""
    here = [(p, room) for room in rooms for p, _how in placed[room] if p.is_present]
    where = {person.id: room for person, room in here}
    people = sorted((person for person, _room in here), key=lambda person: person.id)
    inside: dict[int, list[Person[int]]] = {room: [] for room in rooms}
    for each in as_persons(people, rules_of(round_).mix):
        inside[where[each.id]].append(each)
    return inside, set(where)


def _bound(round_: Round) -> set[int]:
    """Who belongs to their room for a reason of their own."""
    busy = select(Duty.participant_id).join(Room).where(Room.round_id == round_.id)
    pairs = select(Pair.first_id, Pair.second_id).where(
        Pair.event_id == round_.event_id, or_(Pair.round_id.is_(None), Pair.round_id == round_.id)
    )
    tied = {id for pair in db.session.execute(pairs) for id in pair}
    return tied | set(db.session.scalars(busy))
