"""Finding: the index proposes, newest first; each thing's tables say who may read it now.

Nothing is ever ranked as a whole. What is *best* is a matter of how the words were found (see
`wanted.ranks`): each rank is asked for in turn until the page is full, and within a rank the
newest come first. So a word that stands in every post costs as little as a rare one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import cast, column, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from app.database import is_sqlite
from app.extensions import db
from app.search import vocabulary, wanted
from app.search.filters import Filters, Order, People, people_named, scope
from app.search.models import SearchEntry
from app.search.sources import Hit, Query, Reader, Source, source_named
from app.search.terms import Expression
from app.search.wanted import Wanted

A_PAGE = 20
MOST_LOOKED_AT = 2000  # entries that are proposed for one page, most of them in vain
FIRST_LOOK = A_PAGE + 4
MOST_ID = 2**63 - 1

_text = table("search_text", column("rowid"))
Found = tuple[Source, Hit]


@dataclass(frozen=True)
class Cursor:
    """After which entry of which rank a page begins."""

    rank: int = 0
    entry_id: int | None = None

    def __str__(self) -> str:
        return f"{self.rank}-{self.entry_id or ''}"


@dataclass(frozen=True)
class Page:
    """Some results, and where the next page begins."""

    found: Sequence[Found]
    following: Cursor | None
    wanted: Wanted
    instead: Mapping[str, str] = field(default_factory=dict)  # words that were looked for instead


def read_cursor(given: str) -> Cursor:
    """The cursor of an address; the beginning if it is none."""
    rank, _, id = given.partition("-")
    if not (rank.isascii() and rank.isdecimal() and len(rank) == 1):
        return Cursor()
    known = id.isascii() and id.isdecimal() and len(id) < 20
    return Cursor(int(rank), min(int(id), MOST_ID) if known else None)


def search(reader: Reader, typed: str, filters: Filters, cursor: Cursor | None = None) -> Page:
    """What this reader finds; where that is nothing, what similar words find."""
    sought = wanted.read(typed)
    people = people_named(filters.person, reader) if filters.person else None
    where = scope(reader, filters, people)
    if where is None or (sought.is_empty and not (filters.are_set or sought.unwanted)):
        return Page((), None, sought)
    look = _Look(reader, filters, people, where)
    page = look.page(sought, cursor or Cursor())
    if page.found or page.following or cursor is not None or not sought.telling:
        return page
    return look.similar(sought, typed) or page


@dataclass(frozen=True)
class _Look:
    """One search by one reader."""

    reader: Reader
    filters: Filters
    people: People | None
    where: Sequence[Expression]

    def page(self, sought: Wanted, cursor: Cursor) -> Page:
        """One more than a page is looked for, to know whether there is another."""
        found: list[tuple[Cursor, Found]] = []
        for looked_at, (at, hits) in enumerate(self._proposed(sought, cursor), 1):
            found += hits
            if len(found) > A_PAGE:
                return Page([hit for _, hit in found[:A_PAGE]], found[A_PAGE - 1][0], sought)
            if looked_at >= MOST_LOOKED_AT:
                return Page([hit for _, hit in found], at, sought)
        return Page([hit for _, hit in found], None, sought)

    def _proposed(
        self, sought: Wanted, cursor: Cursor
    ) -> Iterator[tuple[Cursor, list[tuple[Cursor, Found]]]]:
        """Each entry that the index proposes, with its hit if the reader may read it."""
        for rank, expression in enumerate(self._expressions(sought)):
            if rank < cursor.rank:
                continue
            before = cursor.entry_id if rank == cursor.rank else None
            size = FIRST_LOOK
            while rows := self._entries(expression, before, size):
                hits = self._hits(rows)
                for row in rows:
                    at = Cursor(rank, row.id)
                    hit = hits.get((row.kind, row.source_id))
                    yield at, [(at, hit)] if hit else []
                if len(rows) < size:
                    break
                before, size = rows[-1].id, min(size * 4, 400)

    def _expressions(self, sought: Wanted) -> Iterator[Expression]:
        begins = vocabulary.begun_by(sought.telling)
        if self.filters.order == Order.NEWEST:
            yield wanted.everything(sought, self.where, begins)
        else:
            yield from wanted.ranks(sought, self.where, begins)

    def _entries(self, expression: Expression, before: int | None, most: int) -> Sequence[Any]:
        since, until = self.filters.span
        ends = [id for id in (before, until) if id is not None]
        query, id = _matching(expression)
        if ends:
            query = query.where(id < min(ends))
        if since is not None:
            query = query.where(id >= since)
        return db.session.execute(query.order_by(id.desc()).limit(most)).all()

    def _hits(self, rows: Sequence[Any]) -> dict[tuple[str, int], Found]:
        """What the reader may read of these: one query for each sort of things among them."""
        by_kind: dict[str, list[int]] = {}
        for row in rows:
            by_kind.setdefault(row.kind, []).append(row.source_id)
        found: dict[tuple[str, int], Found] = {}
        for kind, ids in by_kind.items():
            source = source_named(kind)
            if source is not None:
                for hit in source.hits(self.reader, ids):
                    if self._is_theirs(hit):
                        found[kind, hit.source_id] = (source, hit)
        return found

    def _is_theirs(self, hit: Hit) -> bool:
        """Whether a name that was asked for still stands at it."""
        if self.people is not None:
            return self.people.wrote(hit.author)
        return self.filters.municipality_id is None or hit.author is not None

    def similar(self, sought: Wanted, typed: str) -> Page | None:
        """What is found with similar words in place of those that are nowhere here."""
        written = wanted.spellings(typed)
        instead: dict[str, str] = {}
        shown: dict[str, str] = {}
        for word in sought.telling:
            if self._is_somewhere(word):
                continue
            likely = next((it for it in vocabulary.alike(word) if self._is_somewhere(it[0])), None)
            if likely is None:
                return None
            instead[word], shown[written[word]] = likely
        if not instead:
            return None
        page = self.page(sought.with_words(instead), Cursor())
        return Page(page.found, page.following, page.wanted, shown) if page.found else None

    def _is_somewhere(self, word: str) -> bool:
        """Whether they may read it there: else what is similar would tell what is hidden."""
        expression = wanted.everything(Wanted((word,)), self.where, {})
        # For one row alone PostgreSQL would walk through all of them in the order of their ids.
        return bool(self._hits(self._entries(expression, None, 4 * FIRST_LOOK)))


def _matching(expression: Expression) -> tuple[Query, Any]:
    """The entries that meet an expression, and the column that says which are newer."""
    query = select(SearchEntry.id, SearchEntry.kind, SearchEntry.source_id)
    if is_sqlite(db.session):
        match = literal_column("search_text").op("MATCH")(expression.fts5())
        query = query.select_from(_text).join(SearchEntry, SearchEntry.id == _text.c.rowid)
        return query.where(match), _text.c.rowid
    match = SearchEntry.terms.bool_op("@@")(cast(expression.tsquery(), TSQUERY))
    return query.where(match), SearchEntry.id
