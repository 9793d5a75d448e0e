"""For which organisation somebody speaks: their municipality, their state, or the programme."""

from app.events.models import Event, Participant
from app.extensions import db
from app.spaces.models import Space


def organisation_of(person: Participant) -> str:
    """As far as it is known without asking; it is kept with what they answer."""
    if person.municipality is not None:
        return person.municipality.name
    return person.state or _programme(person.event)


def _programme(event: Event) -> str:
    space = db.session.get(Space, event.space_id) if event.space_id else None
    top = db.session.get(Space, space.root_id) if space is not None and space.root_id else None
    return top.name if top is not None else ""
