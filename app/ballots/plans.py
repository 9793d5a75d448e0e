"""What the agenda says about a ballot: its settings, as a form or a program sent them."""

from dataclasses import dataclass
from typing import Any

from app.ballots.models import (
    LONGEST_OPTION,
    LONGEST_QUESTION,
    MOST_OPTIONS,
    BallotKind,
    Source,
)
from app.events.models import AgendaItem
from app.submissions import one_line

LONGEST_LABEL = 60  # characters
HIGHEST = 10
MOST_DOTS = 20
LONGEST_COUNTDOWN = 60  # minutes


@dataclass(frozen=True)
class Plan:
    """A ballot as it is planned."""

    question: str
    options: tuple[str, ...]
    source: Source
    most: int
    stacking: bool
    lowest: int
    highest: int
    lowest_label: str
    highest_label: str
    shows_live: bool
    seconds: int | None


def plan_of(item: AgendaItem) -> Plan:
    """What an agenda item says; nonsense is passed over."""
    said, kind = item.settings, BallotKind(item.kind)
    lowest, highest = _ends(kind, said)
    minutes = number(said.get("countdown"), 1, LONGEST_COUNTDOWN, 0)
    return Plan(
        question=(item.text or item.title)[:LONGEST_QUESTION],
        options=options_in(said.get("options")),
        source=_source(kind, said),
        most=_most(kind, said),
        stacking=bool(said.get("stacking")),
        lowest=lowest,
        highest=highest,
        lowest_label=one_line(str(said.get("lowest_label") or ""))[:LONGEST_LABEL],
        highest_label=one_line(str(said.get("highest_label") or ""))[:LONGEST_LABEL],
        shows_live=bool(said.get("live")),
        seconds=60 * minutes or None,
    )


def options_in(said: Any) -> tuple[str, ...]:
    """The options, one in a line or in a list, each once."""
    lines = said if isinstance(said, list) else str(said or "").splitlines()
    tidy = (one_line(str(line))[:LONGEST_OPTION] for line in lines)
    return tuple(dict.fromkeys(line for line in tidy if line))[:MOST_OPTIONS]


def number(said: Any, least: int, most: int, otherwise: int) -> int:
    """A whole number within bounds, or what stands for any other."""
    text = str(said if said is not None else "").strip()
    if not (text.isdecimal() and len(text) <= 4):
        return otherwise
    return int(text) if least <= int(text) <= most else otherwise


def _ends(kind: BallotKind, said: dict[str, Any]) -> tuple[int, int]:
    if kind == BallotKind.FEEDBACK:
        return 0, HIGHEST
    return number(said.get("lowest"), 0, 1, 1), number(said.get("highest"), 2, HIGHEST, 5)


def _source(kind: BallotKind, said: dict[str, Any]) -> Source:
    source = str(said.get("source") or "")
    known = kind in (BallotKind.CHOICE, BallotKind.DOTS) and source in set(Source)
    return Source(source) if known else Source.GIVEN


def _most(kind: BallotKind, said: dict[str, Any]) -> int:
    if kind == BallotKind.DOTS:
        return number(said.get("most"), 1, MOST_DOTS, 3)
    return number(said.get("most"), 1, MOST_OPTIONS, 1)
