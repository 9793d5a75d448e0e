"""What follows in shared notes from what happens in the rounds."""

from sqlalchemy import select, update

from app.breakouts.facts import RoundEnded
from app.breakouts.models import Room
from app.database import now
from app.extensions import db
from app.notes.models import Notes
from app.outbox import follows


@follows(RoundEnded)
def _round_ended(fact: RoundEnded) -> None:
    """Whoever opens the results finds their texts put together."""
    rooms = select(Room.id).where(Room.round_id == fact.round_id)
    waiting = Notes.room_id.in_(rooms), Notes.keep_at.is_not(None)
    db.session.execute(
        update(Notes)
        .where(*waiting)
        .values(keep_at=now())
        .execution_options(synchronize_session=False)
    )
