"""The index: each thing is read as it now is, and found from then on by what it says.

What cannot be found any more leaves the index. `noted` says what has to be looked at.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select, text, update

from app.database import dialect_insert, is_sqlite, transaction
from app.extensions import db
from app.search import vocabulary
from app.search.models import Misplaced, SearchEntry, SearchWord, entry_id
from app.search.sources import Entry, Source, all_sources, source_named

TURN = 0x5EA6C4  # PostgreSQL's number for whoever changes the index


def bring_up_to_date(things: Mapping[str, Iterable[int]]) -> None:
    """Let the index hold these things as they are now; runs inside a transaction.

    One does so after the other, so that nobody writes what they have read before somebody else did.
    """
    _take_turn()
    learned: dict[str, str] = {}
    lost: set[str] = set()
    for kind, ids in things.items():
        source = source_named(kind)
        if source is not None:
            _bring_up_to_date(source, sorted(ids), learned, lost)
    vocabulary.learn(learned)
    vocabulary.forget(lost)


def _take_turn() -> None:
    """Wait until nobody else changes the index; on SQLite the transaction has waited already."""
    if not is_sqlite(db.session):
        db.session.execute(select(func.pg_advisory_xact_lock(TURN)))


def _bring_up_to_date(
    source: Source, ids: Sequence[int], learned: dict[str, str], lost: set[str]
) -> None:
    entries = {entry.source_id: entry for entry in source.entries(ids)}
    known = _known(source, ids)
    gone = [known[id].id for id in known.keys() - entries.keys()]
    if gone:
        db.session.execute(delete(SearchEntry).where(SearchEntry.id.in_(gone)))
    changed = [e for id, e in entries.items() if id in known and known[id].terms != e.terms]
    if changed:
        rows = [{"id": known[entry.source_id].id, "terms": entry.terms} for entry in changed]
        db.session.execute(update(SearchEntry), rows)
    new = [entry for id, entry in entries.items() if id not in known]
    _add(source, new)
    for entry in (*changed, *new):
        learned |= vocabulary.spellings(entry.title, entry.body)
    held = {word for entry in entries.values() for word in entry.terms.words}
    lost |= {word for row in known.values() for word in row.terms.words} - held


def _known(source: Source, ids: Sequence[int]) -> dict[int, Any]:
    rows = db.session.execute(
        select(SearchEntry.id, SearchEntry.source_id, SearchEntry.terms).where(
            SearchEntry.kind == source.kind, SearchEntry.source_id.in_(ids)
        )
    )
    return {row.source_id: row for row in rows}


def _add(source: Source, entries: Sequence[Entry]) -> None:
    """Add what is new. Ids are alike only for things of the same millisecond and nearly never."""
    wanted = {e.source_id: entry_id(e.made_at, source.number, e.source_id) for e in entries}
    taken = set(
        db.session.scalars(select(SearchEntry.id).where(SearchEntry.id.in_(wanted.values())))
    )
    rows = []
    for entry in entries:
        id = wanted[entry.source_id]
        while id in taken:
            id += 1
        taken.add(id)
        rows.append(
            {"id": id, "kind": source.kind, "source_id": entry.source_id, "terms": entry.terms}
        )
    if rows:
        insert = dialect_insert(SearchEntry)
        same = {"index_elements": ["kind", "source_id"], "set_": {"terms": insert.excluded.terms}}
        db.session.execute(insert.on_conflict_do_update(**same), rows)


def rebuild() -> dict[str, int]:
    """Empty the index and fill it anew; how many things of each sort are in it then."""
    with transaction() as session:
        for table in (SearchEntry, SearchWord, Misplaced):
            session.execute(delete(table))
    counts = {}
    for source in all_sources():
        counts[source.kind] = sum(_fill(source))
    with transaction() as session:
        for statement in _tidying():
            session.execute(text(statement))
    return counts


def _tidying() -> Sequence[str]:
    if is_sqlite(db.session):
        return ("INSERT INTO search_text(search_text) VALUES ('optimize')",)
    return ("ANALYZE search_entry", "ANALYZE search_word")


def _fill(source: Source) -> Iterable[int]:
    last = 0
    while ids := source.ids_after(last):
        with transaction():
            bring_up_to_date({source.kind: ids})
        yield len(ids)
        last = ids[-1]


def differences() -> dict[str, int]:
    """How many things of each sort the index holds wrongly, lacks, or should not hold."""
    return {source.kind: wrong for source in all_sources() if (wrong := _wrong(source))}


def _wrong(source: Source) -> int:
    wrong = last = seen = 0
    while ids := source.ids_after(last):
        known = _known(source, ids)
        entries = source.entries(ids)
        right = [e for e in entries if e.source_id in known]
        wrong += len(entries) - len(right)
        wrong += sum(known[e.source_id].terms != e.terms for e in right)
        seen += len(known)
        last = ids[-1]
    held = select(func.count()).where(SearchEntry.kind == source.kind)
    return wrong + (db.session.scalar(held) or 0) - seen
