"""Where those go who are named and come late, or have not chosen: where their part is needed."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.breakouts import queries
from app.breakouts.engine.keeping import partners
from app.breakouts.engine.problem import Person
from app.breakouts.models import BY_ATTRIBUTE, Mode, Part, Room, Round
from app.events.models import Participant

Inside = Mapping[int | None, Sequence[Person[int]]]
Pairs = Sequence[tuple[int, int]]
Bonds = tuple[Pairs, Pairs]  # who belongs together, and who is kept apart


def prepared_room(round_: Round, person: Participant) -> Room | None:
    """The room that is prepared for somebody: by hand for everybody, else for who is named."""
    if round_.mode in BY_ATTRIBUTE:
        return None
    if round_.mode != Mode.MANUAL and queries.nomination_of(round_, person) is None:
        return None
    room = queries.prepared_room(round_, person.id)
    return room if room in round_.going_on else None


def besides_led(
    round_: Round, person: Participant, excluded: set[int], inside: Inside, bonds: Bonds
) -> set[int]:
    """The rooms that are not for somebody, and those where somebody has what they are named for."""
    nomination = queries.nomination_of(round_, person)
    if nomination is None:
        return excluded
    duties = queries.duties_in([room.id for room in round_.rooms])
    led = Counter(duty.room_id for duty in duties if duty.part == nomination.part)
    return _besides(round_, person.id, led, excluded, inside, bonds)


def besides_alike(
    round_: Round,
    id: int,
    named: Mapping[int, Part],
    excluded: set[int],
    inside: Inside,
    bonds: Bonds,
) -> set[int]:
    """The same while nobody has a part yet: where most are who are named for this one."""
    alike = Counter(
        {
            room.id: sum(named.get(each.id) == named[id] for each in inside.get(room.id, ()))
            for room in round_.rooms
        }
    )
    return _besides(round_, id, alike, excluded, inside, bonds)


def _besides(
    round_: Round,
    id: int,
    led: Counter[int],
    excluded: set[int],
    inside: Inside,
    bonds: Bonds,
) -> set[int]:
    """Of the rooms with a free seat those with the fewest are left; but pairs go first."""
    friends, foes = (partners(pairs).get(id, set()) for pairs in bonds)
    free = [
        room.id
        for room in round_.going_on
        if room.id not in excluded
        and foes.isdisjoint(each.id for each in inside.get(room.id, ()))
        and (room.capacity is None or len(inside.get(room.id, ())) < room.capacity)
    ]
    if any(each.id in friends for room_id in free for each in inside.get(room_id, ())):
        return excluded
    fewest = min((led[id] for id in free), default=0)
    return excluded | {id for id in free if led[id] > fewest}
