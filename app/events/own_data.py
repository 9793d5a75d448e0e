"""What is one person's own in an event: to take along, and to delete.

Each feature adds its part here when it is imported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.events.models import Participant


@dataclass(frozen=True)
class OwnData:
    """One feature's part of a person's data."""

    name: str
    export: Callable[[Participant], Any]  # plain values
    delete: Callable[[Participant], None]  # inside a transaction


_parts: list[OwnData] = []


def register(part: OwnData) -> None:
    """Add a feature's part."""
    _parts.append(part)


def export(person: Participant) -> dict[str, Any]:
    """All that is this person's own, as plain values."""
    profile = {
        "event": person.event.title,
        "name": person.name,
        "municipality": person.municipality.name if person.municipality else person.state or None,
        "role": person.role.value,
        "language": person.language,
        "joined_at": person.joined_at.isoformat(),
    }
    return {"participant": profile, **{part.name: part.export(person) for part in _parts}}


def delete(person: Participant) -> None:
    """Delete what this person wrote."""
    for part in _parts:
        part.delete(person)
