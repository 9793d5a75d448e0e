"""What the clock asks for: rounds end, the time for choosing ends, and nobody is left standing."""

from app import clockwork
from app.breakouts import actions, queries
from app.breakouts.models import Round
from app.database import locked, transaction
from app.events.models import Participant
from app.extensions import db


@clockwork.every(0.5)
def keep_time() -> None:
    """End what is due; every process looks, so the row is held and looked at again."""
    for round_id in queries.due_rounds():
        with transaction():
            actions.keep_time(locked(Round, round_id))


@clockwork.every(1)
def place_strays() -> None:
    """Place whoever is present without a place: somebody whose role changed as a round opened."""
    for person_id, round_id in queries.strays():
        with transaction():
            round_ = locked(Round, round_id)
            if round_.is_open:
                actions.settle_in(round_, db.session.get_one(Participant, person_id), True)
