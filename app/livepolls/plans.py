"""What the agenda says about a flash poll: its settings, as a form or a program sent them."""

from dataclasses import dataclass
from typing import Any

from app.addresses import is_number
from app.events.models import AgendaItem
from app.livepolls.models import MOST_CONCERNS

FIELDS = ("hides_until_closed", "named", "moderated", "most", "countdown")
LONGEST_QUESTION = 2000  # characters, like a step's text
LONGEST_COUNTDOWN = 60  # minutes
MOST_OF_ALL = 50  # concerns of one person


@dataclass(frozen=True)
class Plan:
    """A flash poll as it is planned; the names are those of the poll's own columns."""

    question: str
    hides_until_closed: bool
    is_named: bool
    is_moderated_before: bool
    most_per_person: int
    seconds: int | None


def plan_of(item: AgendaItem) -> Plan:
    """What an agenda item says; nonsense is passed over."""
    said = item.settings
    return Plan(
        question=item.text or item.title,
        hides_until_closed=bool(said.get("hides_until_closed")),
        is_named=bool(said.get("named")),
        is_moderated_before=bool(said.get("moderated")),
        most_per_person=_number(said.get("most"), MOST_OF_ALL) or MOST_CONCERNS,
        seconds=60 * _number(said.get("countdown"), LONGEST_COUNTDOWN) or None,
    )


def _number(said: Any, most: int) -> int:
    """A whole number from 1, or 0 for anything else."""
    text = str(said if said is not None else "").strip()
    return int(text) if is_number(text) and int(text) <= most else 0
