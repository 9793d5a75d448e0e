"""Puts together what was written, now and then: one document, and the text that is searched."""

from datetime import datetime

from app import clockwork
from app.database import locked, now, transaction
from app.extensions import db
from app.notes import actions, queries
from app.notes.models import Notes


@clockwork.every(2, if_any=queries.unkept)
def keep_all() -> None:
    """Put together what has waited, unless another process has just begun to do so."""
    moment = now()
    for notes_id in db.session.scalars(queries.unkept(moment)).all():
        if _claim(notes_id, moment):
            keep(notes_id)


def _claim(notes_id: int, moment: datetime) -> bool:
    with transaction():
        return actions.claim(notes_id, moment)


def keep(notes_id: int) -> None:
    """Put together what was written up to now; that may take its time, so nothing is held."""
    db.session.rollback()
    notes = db.session.get_one(Notes, notes_id)
    since, version = notes.kept_to, notes.version
    whole = None if notes.is_kept else queries.whole(notes)
    with transaction():
        notes = locked(Notes, notes_id)
        if whole is None:
            actions.prune(notes)
        else:
            actions.keep(notes, since, version, whole)
