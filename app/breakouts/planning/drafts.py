"""Rooms before they exist: what they are to be called, and who would be in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.breakouts.engine.merging import Tie
from app.breakouts.engine.quality import Figures
from app.breakouts.models import PlacedHow


@dataclass(frozen=True)
class Topic:
    """What a room is to talk about; without a title it is a group without a topic of its own."""

    title: str = ""
    aspect_id: int | None = None


@dataclass(frozen=True)
class Seats:
    """How many people a room takes (None: any number), and whether that is said of it alone."""

    most: int | None = None
    are_own: bool = False


@dataclass(frozen=True)
class RoomDraft:
    """A room as it would be, with the ids of those who would be in it."""

    topic: Topic
    people: Sequence[int] = ()
    municipality_ids: Sequence[int] = ()
    states: Sequence[str] = ()
    functions: Sequence[str] = ()
    why: Tie | None = None
    seats: Seats = Seats()
    part: tuple[int, int] | None = None  # which part of a group that was split, of how many

    @property
    def title(self) -> str:
        """What it is called; a part of a group that was split says so."""
        if self.part is None:
            return self.topic.title
        number, parts = self.part
        return f"{self.topic.title} {number}/{parts}".strip()

    @property
    def capacity(self) -> int | None:
        """How many people it takes."""
        return self.seats.most

    @property
    def is_merged(self) -> bool:
        """Whether several municipalities, states or functions share it."""
        shares = len(self.municipality_ids) + len(self.states) + len(self.functions)
        return shares > 1 or (self.why == "common" and bool(self.topic.title))

    def part_of(self, number: int, parts: int, people: Sequence[int]) -> "RoomDraft":
        """One of the rooms that this one is split into."""
        return replace(self, people=people, part=(number, parts))


@dataclass(frozen=True)
class Draft:
    """The rooms of a round, and those who would choose theirs."""

    rooms: Sequence[RoomDraft]
    choosing: Sequence[int] = ()
    figures: Figures | None = None
    passed_over: int = 0  # pairs that could not be kept
    prepared: frozenset[int] = field(default_factory=frozenset)  # who is where moderators want them

    def how(self, person_id: int) -> PlacedHow:
        """How somebody comes into their room."""
        return PlacedHow.PREPARED if person_id in self.prepared else PlacedHow.AUTOMATIC

    def places(self) -> Iterator[tuple[int, int]]:
        """Everybody who would be in a room, with its place among the rooms."""
        for place, room in enumerate(self.rooms):
            for person_id in room.people:
                yield person_id, place
