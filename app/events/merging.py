"""One person who has been in an event twice: what the one has written becomes the other's.

Each feature adds its part here when it is imported, for whatever of its own names a participant.
"""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update

from app.database import Base
from app.events.models import Participant
from app.extensions import db

Move = Callable[[Participant, Participant], None]

_moves: list[Move] = []


def register(move: Move) -> None:
    """Add a feature's part: it gets who was a guest, and who they are from now on."""
    _moves.append(move)


def merge(guest: Participant, member: Participant) -> None:
    """Let all that a guest has written and supported be a member's, inside a transaction."""
    for move in _moves:
        move(guest, member)


def texts(table: Any) -> Move:
    """The move of what was submitted; a key that both have used becomes another."""

    def move(guest: Participant, member: Participant) -> None:
        used = select(table.key).where(table.participant_id == member.id)
        twice = db.session.scalars(
            select(table.id).where(table.participant_id == guest.id, table.key.in_(used))
        ).all()
        for id in twice:
            _change(table, table.id == id, key=token_hex(16))
        _change(table, table.participant_id == guest.id, participant_id=member.id)

    return move


def marks(table: Any, thing: Any, *alike: str) -> Move:
    """The move of what is there once for a person, a thing and `alike`; nobody marks their own."""
    columns, there = table.__table__.c, table.__table__.alias()
    (of,) = [column for column in columns if column.references(thing.__table__.c.id)]

    def move(guest: Participant, member: Participant) -> None:
        same = [there.c[name] == columns[name] for name in (of.name, *alike)]
        twice = select(there).where(there.c.participant_id == member.id, *same)
        own = select(thing.id).where(thing.participant_id == member.id)
        _drop(table, table.participant_id == guest.id, twice.correlate(table).exists())
        _drop(table, table.participant_id.in_([guest.id, member.id]), of.in_(own))
        _change(table, table.participant_id == guest.id, participant_id=member.id)

    return move


def _change(table: type[Base], condition: ColumnElement[bool], **values: Any) -> None:
    db.session.execute(
        update(table).where(condition).values(**values).execution_options(synchronize_session=False)
    )


def _drop(table: type[Base], *conditions: ColumnElement[bool]) -> None:
    db.session.execute(
        delete(table).where(*conditions).execution_options(synchronize_session=False)
    )
