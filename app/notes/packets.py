"""What pages send of shared notes: asked for, written, and where somebody's cursor is.

Keystrokes are the one thing that is written through the socket. Each packet is held against the
same rules as a route: who it is from, whether they may, how often, and how much.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import refresh
from flask_socketio import SocketIO

from app.addresses import is_number
from app.breakouts.models import Room, Round
from app.database import found, locked, transaction
from app.errors import DomainError, Invalid, NotFound
from app.events.identity import somebody_in
from app.events.models import Participant
from app.extensions import db
from app.faults import FAULTS, told
from app.identity import who
from app.languages import ask_nobody
from app.limits import CHANGING, require_within
from app.notes import actions, pointing, queries
from app.notes.broadcasts import text
from app.notes.keeping import keep
from app.notes.models import Notes, channel_of
from app.notes.updates import LONGEST_UPDATE, Unreadable, Update, read
from app.permissions import can, require
from app.realtime.sockets import hear, subscribing

LONGEST = LONGEST_UPDATE * 4 // 3 + 4  # letters of an update in base64

Answer = dict[str, Any]


def register(socketio: SocketIO) -> None:
    """Attach the handlers."""
    socketio.on("open_notes")(answered(open_notes))
    socketio.on("write_notes")(answered(write_notes))
    socketio.on("point_in_notes")(pointing.point)


def answered(handle: Callable[[Answer], Answer]) -> Callable[..., Answer]:
    """A handler whose page is told what became of its packet."""

    @wraps(handle)
    def answer(message: Any = None, *_more: Any) -> Answer:
        refresh()
        try:
            return {"ok": True, **handle(message if isinstance(message, dict) else {})}
        except DomainError as error:
            return _refusal(error)
        except FAULTS as fault:
            ask_nobody()
            return _refusal(told(fault))

    return answer


def _refusal(error: DomainError) -> Answer:
    later = {} if error.retry_after is None else {"retry_after": error.retry_after}
    return {"ok": False, "status": error.status, "error": str(error.message), **later}


def open_notes(message: Answer) -> Answer:
    """Hear what is written from now on, and get what was written before."""
    with subscribing():
        room_id = int(_number(message, "room"))
        heard = hear(channel_of(room_id))
        db.session.rollback()  # what is read now is newer than the moment of entering
        return {**heard, **_state(found(Room, room_id), message)}


def _state(room: Room, message: Answer) -> Answer:
    """What the notes are, as far as the page has not got it yet."""
    may_write = _may_write(room)
    pointing.allow(room, may_write)
    if may_write and queries.notes_in(room.id) is None:
        with transaction():
            actions.begin(locked(Room, room.id))
    notes = queries.notes_in(room.id)
    if notes is None:
        return {"epoch": "", "version": 0, "document": "", "updates": [], "writes": False}
    epoch, version = message.get("epoch"), message.get("version")
    news = queries.news(notes, str(epoch), version if isinstance(version, int) else -1)
    return {
        "epoch": notes.epoch,
        "version": notes.version,
        "document": text(news.document),
        "updates": [text(update) for update in news.updates],
        "writes": may_write,
    }


def _may_write(room: Room) -> bool:
    return room.round.takes_texts and can(somebody_in(room.round.event), "notes.write", room)


def write_notes(message: Answer) -> Answer:
    """Keep what was written; whoever gets an answer need not send it again."""
    require_within(CHANGING, "notes", who())
    data = _data(message)
    update = _read(data)
    room_id, epoch = int(_number(message, "room")), str(message.get("epoch"))
    try:
        return {"version": _write(room_id, epoch, data, update)}
    except actions.NotesFull:
        if not _has_made_room(room_id):
            raise
        return {"version": _write(room_id, epoch, data, update)}


def _write(room_id: int, epoch: str, data: bytes, update: Update) -> int:
    with transaction():
        room = found(Room, room_id)
        locked(Round, room.round_id, shared=True)
        author = _writer(room)
        notes = locked(Notes, queries.id_in(room_id))
        actions.write(notes, author, epoch, data, update)
        return notes.version


def _writer(room: Room) -> Participant:
    person = somebody_in(room.round.event)
    require(person, "notes.write", room)
    return person


def _has_made_room(room_id: int) -> bool:
    """Put together what was written: what was deleted meanwhile takes less then."""
    notes = queries.notes_in(room_id)
    if notes is None or notes.is_kept:
        return False
    keep(notes.id)
    return True


def _number(message: Answer, name: str) -> str:
    number = str(message.get(name))
    if not is_number(number):
        raise NotFound
    return number


def _data(message: Answer) -> bytes:
    given = message.get("update")
    if not isinstance(given, str):
        raise Invalid
    if len(given) > LONGEST:
        raise Invalid(_l("That was too much at once. Please paste it in several parts."))
    try:
        return b64decode(given, validate=True)
    except (NotBase64, ValueError):
        raise Invalid from None


def _read(data: bytes) -> Update:
    try:
        return read(data)
    except Unreadable:
        raise Invalid(_l("That could not be read, and was not saved.")) from None
