"""One person's part in shared notes: to take along, and to let go of.

What they typed stays: it is the room's text, as its report is, and nobody's alone.
"""

from typing import Any

from sqlalchemy import update

from app.events.models import Participant
from app.events.own_data import OwnData
from app.extensions import db
from app.notes.models import NotesWriter
from app.notes.queries import typed_by


def _export(person: Participant) -> list[dict[str, Any]]:
    return [
        {
            "text": text,
            "room": notes.room.name,
            "round": notes.room.round.item.title,
        }
        for notes, text in typed_by(person)
    ]


def _delete(person: Participant) -> None:
    _sign_over(person, None)


def move_pages(guest: Participant, member: Participant) -> None:
    """Let a member have typed what a guest has."""
    _sign_over(guest, member.id)


def _sign_over(person: Participant, to: int | None) -> None:
    theirs = update(NotesWriter).where(NotesWriter.participant_id == person.id)
    db.session.execute(
        theirs.values(participant_id=to).execution_options(synchronize_session=False)
    )


part = OwnData("notes", _export, _delete)
