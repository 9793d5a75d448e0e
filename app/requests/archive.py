"""The archive: what was promised where, by whom, and what became of it, page by page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_

from app.commitments import State
from app.events.models import Event
from app.extensions import db
from app.requests.places import Place
from app.requests.promised import promised_in
from app.requests.promises import Promise, promises
from app.spaces.models import Member, Space

SHOWN = 50  # on one page


@dataclass(frozen=True)
class Wish:
    """Which promises are wanted, and after which one the page begins."""

    state: State | None = None
    organisation: str = ""
    event_id: int | None = None
    after: Place | None = None

    def counts(self, state: State, organisation: str, event_id: int | None) -> bool:
        """Whether promises like this are counted: all states of what is wanted are."""
        by = not self.organisation or organisation == self.organisation
        return by and self.event_id in (None, event_id)

    def conditions(self, rows: Any) -> list[ColumnElement[bool]]:
        """What rows of the page have in common."""
        wanted = {
            rows.c.state: self.state,
            rows.c.organisation: self.organisation or None,
            rows.c.event_id: self.event_id,
        }
        found = [column == value for column, value in wanted.items() if value is not None]
        return [*found, _comes_after(rows, self.after)] if self.after else found


@dataclass(frozen=True)
class Archive:
    """A page of promises, the latest first, and what there is to choose from."""

    promises: Sequence[Promise]
    older: Place | None  # after which the next page begins
    counts: Mapping[State, int]  # of the organisation and the event that are wanted
    organisations: Sequence[str]
    events: Sequence[Event]


def archive_of(space: Space, member: Member, wish: Wish) -> Archive:
    """What was promised in a space and below it, as far as this person may read it."""
    rows = promised_in(space, member)
    groups = _groups(rows)
    counts: Counter[State] = Counter()
    for state, organisation, event_id, number in groups:
        if wish.counts(state, organisation, event_id):
            counts[state] += number
    page = _page(rows, wish)
    shown = page[:SHOWN]
    return Archive(
        promises(shown, member),
        Place.of(shown[-1]) if len(page) > SHOWN else None,
        counts,
        sorted({organisation for _s, organisation, _e, _n in groups}, key=str.casefold),
        _events({event_id for _s, _o, event_id, _n in groups}),
    )


def _groups(rows: Any) -> Sequence[Any]:
    """How many promises there are of each state, organisation and event."""
    by = (rows.c.state, rows.c.organisation, rows.c.event_id)
    return db.session.execute(select(*by, func.count()).group_by(*by)).all()


def _events(ids: set[int | None]) -> Sequence[Event]:
    latest = select(Event).where(Event.id.in_(ids - {None})).order_by(Event.id.desc())
    return db.session.scalars(latest).all()


def _page(rows: Any, wish: Wish) -> Sequence[Any]:
    """A page of rows, and one more if there is one."""
    order = (rows.c.at.desc(), rows.c.kind.desc(), rows.c.id.desc())
    query = select(rows).where(*wish.conditions(rows)).order_by(*order).limit(SHOWN + 1)
    return db.session.execute(query).all()


def _comes_after(rows: Any, place: Place) -> ColumnElement[bool]:
    beside = tuple_(rows.c.kind, rows.c.id) < (place.kind, place.id)
    return or_(rows.c.at < place.at, and_(rows.c.at == place.at, beside))
