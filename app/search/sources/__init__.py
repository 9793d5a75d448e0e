"""Sources: the sorts of things that can be found, each with its words, its tags and its readers.

A feature registers its sorts here when it is imported. The index only proposes; what is shown
comes from `hits`, which asks each thing's own tables who may read it now.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from app.extensions import db
from app.search.terms import Terms, terms_of

AT_ONCE = 500
Query = Select[*tuple[Any, ...]]  # of columns that its place tells


@dataclass(frozen=True)
class Reader:
    """What the person on the other side may read: these spaces, and what these events' halls see.

    Made anew for each request, in the same moment of the database as what is found.
    """

    account_id: int | None
    space_ids: tuple[int, ...]
    event_ids: tuple[int, ...]


@dataclass(frozen=True)
class Entry:
    """A thing as it goes into the index."""

    source_id: int
    made_at: datetime
    title: str
    body: str
    tags: tuple[str, ...]

    @property
    def terms(self) -> Terms:
        """All that it is found by."""
        return terms_of(self.title, self.body, self.tags)


@dataclass(frozen=True)
class Author:
    """Whose name stands at a thing."""

    name: str
    place: str
    account_id: int | None = None
    participant_id: int | None = None


@dataclass(frozen=True)
class Hit:
    """A thing that was found, as far as a list of results shows it."""

    source_id: int
    url: str
    title: str
    text: str
    made_at: datetime
    where: tuple[tuple[str, str], ...]  # what it stands in, with addresses, the outermost first
    author: Author | None = None


@dataclass(frozen=True)
class Source:
    """One sort of things; `indexed` selects those that can be found, their ids first."""

    kind: str
    number: int  # below 32, its own for good: it is part of the entries' ids
    label: Any  # of one of them
    plural: Any
    icon: str
    table: type[Any]
    indexed: Query
    entry: Callable[[Any], Entry]  # from a row of `indexed`
    hits: Callable[[Reader, Sequence[int]], list[Hit]]  # those of these that the reader may read
    is_in_spaces: bool = False  # and so nothing for guests of an event

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """Those of these things that can be found."""
        rows = db.session.execute(self.indexed.where(self.table.id.in_(ids)))
        return [self.entry(row) for row in rows]

    def ids_after(self, id: int) -> Sequence[int]:
        """The next ids of things that can be found, some at a time."""
        query = self.indexed.with_only_columns(self.table.id).where(self.table.id > id)
        return db.session.scalars(query.order_by(self.table.id).limit(AT_ONCE)).all()


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a sort of things known to the search."""
    _sources[source.kind] = source


def all_sources() -> Sequence[Source]:
    """All sorts of things, in the order in which they were registered."""
    return tuple(_sources.values())


def source_named(kind: str) -> Source | None:
    """The sort of this name."""
    return _sources.get(kind)
