"""Reads of shared notes: their text, and what a page has not yet."""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from app.events.models import Participant
from app.extensions import db
from app.notes.documents import Whole, put_together
from app.notes.models import Notes, NotesUpdate, NotesWriter
from app.notes.updates import contents
from app.offload import run_apart

LARGE = 32 * 1024  # bytes, or
MANY = 500  # pieces, that may take more than a few milliseconds to be put together
REMEMBERED = 128  # texts

_texts: OrderedDict[tuple[int, str, int], str] = OrderedDict()


@dataclass(frozen=True)
class News:
    """What a page has not yet; with the whole document if it has nothing that fits."""

    document: bytes
    updates: Sequence[bytes]


def notes_in(room_id: int) -> Notes | None:
    """The notes of a room, once they were begun."""
    return db.session.scalar(select(Notes).where(Notes.room_id == room_id))


def id_in(room_id: int) -> int:
    """The id of a room's notes; 0 before they were begun."""
    return db.session.scalar(select(Notes.id).where(Notes.room_id == room_id)) or 0


def updates_after(notes: Notes, number: int) -> Sequence[bytes]:
    """What was written after this update, in order."""
    return db.session.scalars(
        select(NotesUpdate.data)
        .where(NotesUpdate.notes_id == notes.id, NotesUpdate.number > number)
        .order_by(NotesUpdate.number)
    ).all()


def news(notes: Notes, epoch: str, version: int) -> News:
    """What a page has not yet that has everything up to a version."""
    if epoch == notes.epoch and notes.kept_to <= version <= notes.version:
        return News(b"", updates_after(notes, version))
    return News(notes.document, updates_after(notes, notes.kept_to))


def parts_of(notes: Notes) -> list[bytes]:
    """All that the notes are made of."""
    return [part for part in (notes.document, *updates_after(notes, notes.kept_to)) if part]


def whole(notes: Notes) -> Whole:
    """All that was written up to now, put together; what may take long is done apart."""
    is_large, parts = notes.size > LARGE or notes.pieces > MANY, parts_of(notes)
    return run_apart(put_together, parts) if is_large else put_together(parts)


def text_of(notes: Notes) -> str:
    """Their text with all that was written up to now."""
    if notes.is_kept:
        return notes.text
    key = notes.id, notes.epoch, notes.version
    if key not in _texts:
        _texts[key] = whole(notes).text
        if len(_texts) > REMEMBERED:
            _texts.popitem(last=False)
    return _texts[key]


def text_in(room_id: int) -> str:
    """What the people of a room read in their notes."""
    notes = notes_in(room_id)
    return text_of(notes) if notes else ""


def shown_in(room_ids: Collection[int]) -> dict[int, Notes]:
    """The notes of these rooms in which something stands: one query, as long as all are kept."""
    query = select(Notes).where(Notes.room_id.in_(room_ids), Notes.hidden_at.is_(None))
    return {notes.room_id: notes for notes in db.session.scalars(query) if text_of(notes).strip()}


def hidden_in(room_ids: Collection[int]) -> dict[int, Notes]:
    """The notes of these rooms that moderators have taken off the results."""
    query = select(Notes).where(Notes.room_id.in_(room_ids), Notes.hidden_at.is_not(None))
    return {notes.room_id: notes for notes in db.session.scalars(query)}


def unkept(moment: Any) -> Select[int]:
    """The notes in which something has waited long enough to be put together with all else."""
    return select(Notes.id).where(Notes.keep_at <= moment)


def updates_by_key(keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Any]]:
    """These updates as contexts; of one that is gone already only the number is left."""
    rows = db.session.execute(
        select(NotesUpdate.notes_id, NotesUpdate.number, NotesUpdate.data).where(
            tuple_(NotesUpdate.notes_id, NotesUpdate.number).in_(keys)
        )
    )
    found = {(notes_id, number): data for notes_id, number, data in rows}
    return {key: {"number": key[1], "data": found.get(key, b"")} for key in keys}


def writers(notes: Notes, clients: Collection[int]) -> dict[int, NotesWriter]:
    """Those of these pages that have written before."""
    known = db.session.scalars(
        select(NotesWriter).where(NotesWriter.notes_id == notes.id, NotesWriter.client.in_(clients))
    )
    return {writer.client: writer for writer in known}


def pages_of(notes: Notes, person: Participant) -> int:
    """In how many pages this person has written."""
    query = select(func.count()).where(
        NotesWriter.notes_id == notes.id, NotesWriter.participant_id == person.id
    )
    return db.session.scalar(query) or 0


def typed_by(person: Participant) -> list[tuple[Notes, str]]:
    """What this person has typed into notes, as far as it still stands there."""
    rows = db.session.execute(
        select(Notes, NotesWriter.client)
        .join(NotesWriter, NotesWriter.notes_id == Notes.id)
        .where(NotesWriter.participant_id == person.id)
        .order_by(Notes.id)
    )
    clients: dict[Notes, set[int]] = {}
    for notes, client in rows:
        clients.setdefault(notes, set()).add(client)
    return [(notes, _typed(notes, theirs)) for notes, theirs in clients.items()]


def _typed(notes: Notes, clients: set[int]) -> str:
    found = contents(whole(notes).document)
    texts = [text for client in sorted(clients & found.keys()) for text in found[client][1]]
    return "\n".join(text for text in texts if text)
