"""What people do in shared notes; each runs inside a transaction, and announces what it did."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select
from sqlalchemy import update as change

from app.breakouts.models import Room
from app.database import now
from app.errors import Conflict, Invalid, Refused
from app.events.models import Participant
from app.extensions import db
from app.notes import queries
from app.notes.documents import Whole
from app.notes.facts import NotesKept, NotesWritten
from app.notes.models import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_PIECES,
    Notes,
    NotesUpdate,
    NotesWriter,
)
from app.notes.updates import Update, read
from app.outbox import announce

REST = timedelta(seconds=15)  # in which what is written is gathered before it is put together
LINGER = timedelta(minutes=1)  # in which pages may still be told of single updates
TURN = timedelta(minutes=1)  # in which one process puts them together, and no other
MOST_PAGES = 100  # in which one person writes


class NotesFull(Conflict):
    """There is no room left in these notes."""

    message = _l("These notes are full. Please delete something first.")


class OtherNotes(Conflict):
    """What was written belongs to notes that are no more."""

    message = _l(
        "These notes were begun anew. Please copy what you still need, and reload the page."
    )


def begin(room: Room) -> Notes:
    """The notes of a room, from now on at least; the room is held."""
    notes = queries.notes_in(room.id)
    if notes is None:
        room.round.require_texts()
        notes = Notes(room_id=room.id, room=room)
        db.session.add(notes)
        db.session.flush()
    return notes


def write(notes: Notes, author: Participant, epoch: str, data: bytes, update: Update) -> None:
    """Keep what was written, which was read as `update`; the notes are held."""
    notes.room.round.require_texts()
    if epoch != notes.epoch:
        raise OtherNotes
    _require_room(notes, len(data), update)
    known = queries.writers(notes, update.clients)
    if not update.fits({client: writer.clock for client, writer in known.items()}):
        raise Invalid(_l("Something is missing before this. Please reload the page."))
    for client, (_begin, end) in update.spans.items():
        writer = known.get(client) or _new_writer(notes, author, client)
        _write_on(writer, author, end)
    _add(notes, data, update)


def _require_room(notes: Notes, bytes_: int, update: Update) -> None:
    fits = (
        notes.size + bytes_ <= MOST_BYTES
        and notes.length + update.inserted <= MOST_CHARACTERS
        and notes.pieces + update.pieces <= MOST_PIECES
    )
    if not fits:
        raise NotesFull


def _new_writer(notes: Notes, author: Participant, client: int) -> NotesWriter:
    if queries.pages_of(notes, author) >= MOST_PAGES:
        raise NotesFull
    writer = NotesWriter(notes_id=notes.id, client=client, participant_id=author.id, clock=0)
    db.session.add(writer)
    return writer


def _write_on(writer: NotesWriter, author: Participant, end: int) -> None:
    """Nobody writes in another's name: what that one writes next would no longer fit."""
    if writer.participant_id != author.id:
        raise Refused
    writer.clock = max(writer.clock, end)


def _add(notes: Notes, data: bytes, update: Update) -> None:
    if notes.is_kept or notes.keep_at is None:
        notes.keep_at = now() + REST
    notes.version += 1
    notes.size += len(data)
    notes.length += update.inserted
    notes.pieces += update.pieces
    db.session.add(NotesUpdate(notes_id=notes.id, number=notes.version, data=data))
    announce(NotesWritten(notes.id, notes.version), notes.channel)


def claim(notes_id: int, moment: datetime) -> bool:
    """Whether these notes wait still, and nobody else sees to that; if we fail, they wait again."""
    claimed = (
        change(Notes)
        .where(Notes.id == notes_id, Notes.keep_at <= moment)
        .values(keep_at=moment + TURN)
        .returning(Notes.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(claimed).first() is not None


def keep(notes: Notes, since: int, version: int, whole: Whole) -> None:
    """Keep what all up to a version makes, unless somebody has done so; the notes are held."""
    if notes.kept_to != since:
        return
    later = queries.updates_after(notes, version)
    added = [read(update) for update in later]
    notes.document, notes.text, notes.kept_to = whole.document, whole.text, version
    notes.size = len(whole.document) + sum(map(len, later))
    notes.length = len(whole.text) + sum(update.inserted for update in added)
    notes.pieces = whole.pieces + sum(update.pieces for update in added)
    prune(notes)
    announce(NotesKept(notes.id))


def prune(notes: Notes) -> None:
    """Let go of what is in the document and no page asks for any more; the notes are held."""
    kept = NotesUpdate.notes_id == notes.id, NotesUpdate.number <= notes.kept_to
    db.session.execute(delete(NotesUpdate).where(*kept, NotesUpdate.made_at < now() - LINGER))
    lingers = db.session.scalar(select(select(NotesUpdate.number).where(*kept).exists()))
    notes.keep_at = now() + LINGER if lingers else None
    if not notes.is_kept:
        notes.keep_at = now() + REST
