"""What moderators see of a round before it begins: its plan in short, and what would come of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.breakouts import queries
from app.breakouts.models import Bond, Mode, Round, name_of
from app.breakouts.planning.drafting import draft, fulfilled, has_rooms, rooms_to_name, rules_of
from app.breakouts.planning.drafts import Draft, RoomDraft, Seats, Topic
from app.breakouts.rules import Rules
from app.events.models import Participant

SMALL = 12  # people


@dataclass(frozen=True)
class Summary:
    """A round's plan in short."""

    round: Round
    rules: Rules
    topics: Sequence[Topic]  # one for each room, where the number does not depend on people
    has_rooms: bool

    @property
    def own_seats(self) -> int:
        """How many of these rooms have a number of seats of their own."""
        return sum(number <= len(self.topics) for number in self.rules.seats)


@dataclass(frozen=True)
class RoomPreview:
    """A room as it would be, with its people."""

    number: int
    name: str
    room: RoomDraft
    people: Sequence[Participant]
    wishes: Sequence[int] = ()  # how many wish for it first, second, third

    @property
    def is_small(self) -> bool:
        """Whether its people stand in a few lines."""
        return len(self.people) <= SMALL

    @property
    def is_too_full(self) -> bool:
        """Whether it would have more people than seats."""
        return self.room.capacity is not None and len(self.people) > self.room.capacity


@dataclass(frozen=True)
class Preview:
    """What would happen now."""

    draft: Draft
    rooms: Sequence[RoomPreview]
    present: int
    choosing: int = 0
    fulfilled: Sequence[int] = ()  # how many get their first, second, third wish
    wishing: int = 0
    seats: int | None = None  # for those who are present, if they are counted
    broken: frozenset[int] = frozenset()  # the pairs that would not hold

    @property
    def lacks_seats(self) -> bool:
        """Whether some rooms would become fuller than they are to be."""
        return self.seats is not None and self.seats < self.present

    @property
    def too_full(self) -> list[RoomPreview]:
        """The rooms that would have more people than they are to have."""
        return [room for room in self.rooms if room.is_too_full]

    @property
    def unfulfilled(self) -> int:
        """How many would get none of their wishes."""
        return self.wishing - sum(self.fulfilled)


def summary(round_: Round) -> Summary:
    """The plan of a round in short."""
    return Summary(round_, rules_of(round_), rooms_to_name(round_), has_rooms(round_))


def shown(round_: Round) -> Preview | None:
    """What would happen now; None once people are in their rooms, or where no room can be made."""
    if round_.is_choosing and round_.mode == Mode.WISHES:
        return _of_wishes(round_)
    if round_.opened_at is not None or not has_rooms(round_):
        return None
    people = queries.placeable(round_.event_id)
    drafted = draft(round_, people)
    known = {person.id: person for person in people}
    rooms = [
        RoomPreview(number, name_of(round_.mode, number, room.title), room, _known(known, room))
        for number, room in enumerate(drafted.rooms, 1)
    ]
    return Preview(
        drafted,
        rooms,
        len(people),
        len(drafted.choosing),
        seats=_seats(rooms),
        broken=_broken(round_, drafted),
    )


def _seats(rooms: Sequence[RoomPreview]) -> int | None:
    """How many seats rooms have together, if they are counted."""
    counted = [room.room.capacity for room in rooms if room.room.capacity is not None]
    return sum(counted) if counted and len(counted) == len(rooms) else None


def _broken(round_: Round, drafted: Draft) -> frozenset[int]:
    """The pairs of people who would be in rooms, and otherwise than they are to be."""
    where = dict(drafted.places())
    return frozenset(
        pair.id
        for pair in queries.pairs_of(round_)
        if set(pair.ids) <= where.keys()
        and (where[pair.first_id] == where[pair.second_id]) is not (pair.bond == Bond.TOGETHER)
    )


def _known(people: Mapping[int, Participant], room: RoomDraft) -> list[Participant]:
    return [people[id] for id in room.people]


def _of_wishes(round_: Round) -> Preview:
    """Who would get which wish if the time were over now."""
    inside = queries.occupancy(round_)
    undecided = inside.pop(None, [])
    wishes = queries.wishes_in(round_)
    placed = fulfilled(round_, {person.id for person in undecided})
    known = {person.id: person for person in queries.people_of(round_)}
    ranks = Counter(wishes[id].index(room_id) for id, room_id in placed.items())
    wanted = Counter(
        (room_id, rank) for rooms in wishes.values() for rank, room_id in enumerate(rooms)
    )
    rooms = [
        RoomPreview(
            room.number,
            room.name,
            RoomDraft(Topic(room.title, room.aspect_id), seats=Seats(room.capacity)),
            [known[id] for id, room_id in placed.items() if room_id == room.id],
            [wanted[room.id, rank] for rank in range(3)],
        )
        for room in round_.rooms
    ]
    seats = _seats(rooms)
    return Preview(
        Draft([each.room for each in rooms]),
        rooms,
        len(undecided),
        seats=None if seats is None else max(0, seats - sum(map(len, inside.values()))),
        fulfilled=[ranks[rank] for rank in range(3)],
        wishing=sum(person.id in wishes for person in undecided),
    )
