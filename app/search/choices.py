"""What the filters offer: the spaces, forums, events and municipalities that the reader knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.events.models import Event
from app.extensions import db
from app.forums.models import Forum
from app.municipalities.models import Municipality
from app.search.filters import Filters
from app.search.sources import Reader, Source, all_sources
from app.spaces.models import Space

Choice = tuple[int, str]


@dataclass(frozen=True)
class Choices:
    """What can be chosen; where there is nothing to choose, nothing is offered."""

    spaces: Sequence[Choice]
    forums: Sequence[Choice]  # of the chosen space
    events: Sequence[Choice]
    municipalities: Sequence[Choice]
    kinds: Sequence[Source]


def choices(reader: Reader, filters: Filters) -> Choices:
    """What this reader can choose from."""
    chosen = [id for id in reader.space_ids if id == filters.space_id]
    spaces = Space.id.in_(reader.space_ids)
    events = Event.id.in_(reader.event_ids)
    return Choices(
        _named(Space.id, Space.name, spaces) if reader.space_ids else (),
        _named(Forum.id, Forum.title, Forum.space_id.in_(chosen)) if chosen else (),
        _named(Event.id, Event.title, events) if reader.event_ids else (),
        _named(Municipality.id, Municipality.name) if reader.account_id else (),
        [s for s in all_sources() if reader.space_ids or not s.is_in_spaces],
    )


def _named(id: Any, name: Any, *conditions: Any) -> Sequence[Choice]:
    rows = db.session.execute(select(id, name).where(*conditions).order_by(name))
    return [(id, name) for id, name in rows]
