"""Those of many people whom moderators look for, to place them or to name them."""

from collections.abc import Sequence

from app.events.models import Participant

MOST_LISTED = 500  # people in one list to pick from


def matching(people: Sequence[Participant], query: str) -> list[Participant]:
    """Those whose number, name and place hold all the words."""
    words = query.casefold().split()
    return [person for person in people if all(word in _described(person) for word in words)]


def _described(person: Participant) -> str:
    place = person.municipality.name if person.municipality else person.state
    return f"{person.id} {person.name} {place or ''}".casefold()
