"""What the clock asks for: a poll closes when its countdown is over."""

from typing import Any

from sqlalchemy import Select, select

from app import clockwork
from app.database import locked, now, transaction
from app.extensions import db
from app.livepolls import actions
from app.livepolls.models import FlashPoll, PollState


def due_polls(moment: Any) -> Select[int]:
    """The polls whose countdown has come to its end."""
    return select(FlashPoll.id).where(
        FlashPoll.state == PollState.OPEN, FlashPoll.closes_at <= moment
    )


@clockwork.every(0.5, if_any=due_polls)
def close_due_polls() -> None:
    """Close what is due; every process looks, so the row is held and looked at again."""
    for poll_id in db.session.scalars(due_polls(now())).all():
        with transaction():
            actions.keep_time(locked(FlashPoll, poll_id))
