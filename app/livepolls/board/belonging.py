"""What somebody did on the board stays theirs when they are known under another name."""

from sqlalchemy import update

from app.events.models import Participant
from app.extensions import db
from app.livepolls.board.models import BoardAction


def belongs_to(guest: Participant, member: Participant) -> None:
    """Whatever a guest has done and undone is a member's from now on."""
    for column in (BoardAction.participant_id, BoardAction.undone_by_id):
        db.session.execute(
            update(BoardAction)
            .where(column == guest.id)
            .values({column: member.id})
            .execution_options(synchronize_session=False)
        )
