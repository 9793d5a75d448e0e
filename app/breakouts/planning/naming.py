"""Who is named to lead through a round's talks and to take notes: where they go, and who does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.breakouts import queries
from app.breakouts.engine.placing import spread
from app.breakouts.engine.problem import Person
from app.breakouts.engine.seats import with_seats
from app.breakouts.models import BY_ATTRIBUTE, Part, Round
from app.events.models import Participant

Inside = dict[int, list[Person[int]]]  # who is in each room, by its place among the rooms


@dataclass(frozen=True)
class Named:
    """Those of some people who are named, and the rooms that are prepared for them."""

    parts: Mapping[int, Part] = field(default_factory=dict)
    places: Mapping[int, int] = field(default_factory=dict)  # among the rooms, from 0

    @property
    def groups(self) -> list[list[int]]:
        """Those who are spread over the rooms, since they have the same part."""
        groups = [[id for id, named in self.parts.items() if named is part] for part in Part]
        return [group for group in groups if len(group) > 1]


def named_among(round_: Round, people: Iterable[Participant], rooms: int = 0) -> Named:
    """Who of these is named; of so many `rooms` somebody may be named for a certain one."""
    known = {person.id for person in people}
    parts = {id: part for id, part in queries.named_in(round_).items() if id in known}
    if not parts or not rooms or round_.mode in BY_ATTRIBUTE:
        return Named(parts)
    numbers = queries.prepared_in(round_)
    places = {id: numbers[id] - 1 for id in parts if 1 <= numbers.get(id, 0) <= rooms}
    return Named(parts, places)


def seat_named(
    named: Named,
    people: Sequence[Person[int]],
    inside: Inside,
    seats: Mapping[int, int | None],
) -> set[int]:
    """Put those who are named into rooms where fewest have their part, and say who they are.

    No room gets more people than it has seats, as long as there are free ones.
    """
    seated = [person for person in people if person.id in named.parts]
    for person in seated:
        part = named.parts[person.id]
        free = with_seats(inside, {place: len(there) for place, there in inside.items()}, seats)
        count = {
            place: sum(named.parts.get(each.id) is part for each in inside[place]) for place in free
        }
        fewest = {place: inside[place] for place in count if count[place] == min(count.values())}
        inside[spread([person], fewest)[person.id]].append(person)
    return {person.id for person in seated}


def holders(parts: Mapping[int, Part], people: Iterable[Participant]) -> dict[Part, Participant]:
    """Who of a room's people gets each part: of several who are named, the one who joined first."""
    here = sorted((person for person in people if person.id in parts), key=lambda each: each.id)
    return {parts[person.id]: person for person in reversed(here)}


def holders_in(
    round_: Round, rooms: Sequence[Sequence[Participant]]
) -> list[dict[Part, Participant]]:
    """The same for each of these rooms."""
    parts = queries.named_in(round_)
    return [holders(parts, people) for people in rooms]
