"""How a round forms its rooms: what its step of the agenda says, nonsense passed over.

The rules go with the agenda into templates and later events; whatever names people does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.addresses import is_number
from app.submissions import one_line

FIELDS = (
    "mode",
    "choosing_minutes",
    "capacity",
    "facilitator",
    "notes",
    "topics",
    "rooms",
    "topics_again",
    "mix",
    "mix_also",
    "neighbours",
)
ROOM_SEATS = "room_seats"  # not of the agenda's form, which knows topics and no rooms
PARTS = ("facilitator", "notes")
ASKED = "lot"  # somebody present, as the rooms open
ATTRIBUTES = ("municipality", "state", "function")
MOST_ROOMS = 200
MOST_TOPICS = 60
LONGEST_TOPIC = 120  # characters
LARGEST = 9999  # what a form may say of seats and minutes


@dataclass(frozen=True)
class Rules:
    """What is asked for beside mode and times."""

    topics: tuple[str, ...] = ()  # of its own; none: the chosen aspects of the event
    rooms: int | None = None  # how many at least; none: one for each topic
    topics_again: bool = False  # whether one may choose what one had before
    mix: tuple[str, ...] = ("municipality",)  # attributes, the most important one first
    neighbours: tuple[frozenset[str], ...] = ()  # states or functions that go together
    asked: frozenset[str] = frozenset()  # parts for which somebody is asked as the rooms open
    # Of rooms with their own, by number.
    seats: Mapping[int, int] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Rules":
        """The rules in a step's settings."""
        return cls(
            topics=_lines(said.get("topics"))[:MOST_TOPICS],
            rooms=number(said.get("rooms"), MOST_ROOMS),
            topics_again=bool(said.get("topics_again")),
            mix=_mix(said.get("mix"), said.get("mix_also")),
            neighbours=tuple(map(_names, _lines(said.get("neighbours"), longest=2000))),
            asked=frozenset(part for part in PARTS if who_has(said, part) == ASKED),
            seats=_seats(said.get(ROOM_SEATS)),
        )


def who_has(said: Mapping[str, Any], part: str) -> str:
    """How a part finds somebody; both were once asked in one question."""
    return str(said.get(part, said.get("duties")) or "")


def number(said: Any, most: int = LARGEST) -> int | None:
    """A whole number from 1 to the most, as a form sends it, or none."""
    text = str(said if said is not None else "").strip()
    return (int(text) or None) if is_number(text) and int(text) <= most else None


def _seats(said: Any) -> dict[int, int]:
    """The seats of rooms by their numbers, said as `1:40 3:12`; the last one counts."""
    words = (word.partition(":") for word in str(said or "").split())
    found = {number(room, MOST_ROOMS): number(seats) for room, _colon, seats in words}
    return {room: seats for room, seats in found.items() if room and seats}


def seats_said(seats: Mapping[int, int | None]) -> str:
    """The seats of rooms as their setting keeps them; what has none goes by the common number."""
    return " ".join(f"{room}:{most}" for room, most in sorted(seats.items()) if most)


def _lines(said: Any, longest: int = LONGEST_TOPIC) -> tuple[str, ...]:
    """The lines of a text, each once."""
    lines = (one_line(line)[:longest] for line in str(said or "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _mix(first: Any, also: Any) -> tuple[str, ...]:
    """Municipalities, unless something else is said; `nothing` is said, too."""
    wanted = (str(first or "municipality"), str(also or ""))
    return tuple(dict.fromkeys(name for name in wanted if name in ATTRIBUTES))


def _names(line: str) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in line.split(",") if name.strip())
