"""What the clock asks for: a ballot closes when its countdown is over."""

from app import clockwork
from app.ballots import actions, queries
from app.ballots.models import Ballot
from app.database import locked, now, transaction
from app.extensions import db


@clockwork.every(0.5, if_any=queries.due_ballots)
def close_due() -> None:
    """Close what is due; every process looks, so the row is held and looked at again."""
    for ballot_id in db.session.scalars(queries.due_ballots(now())).all():
        with transaction():
            actions.keep_time(locked(Ballot, ballot_id))
