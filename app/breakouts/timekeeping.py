"""What the clock asks for: rounds end, the time for choosing ends, and nobody is left standing."""

from sqlalchemy import select

from app import clockwork
from app.breakouts import actions, queries
from app.breakouts.models import Duty, Round, Stay
from app.breakouts.planning.foreseeing import foreseen
from app.database import locked, now, transaction
from app.events.models import Event, Participant
from app.extensions import db


@clockwork.every(0.5, if_any=queries.due_rounds)
def keep_time() -> None:
    """End what is due; every process looks, so the row is held and looked at again."""
    for round_id in db.session.scalars(queries.due_rounds(now())).all():
        if db.session.get_one(Round, round_id).asks_for_something:  # and not in its last minute
            with foreseen(round_id), transaction():
                actions.keep_time(locked(Round, round_id))


@clockwork.every(5, if_any=queries.forsaken)
def pass_duties_on() -> None:
    """Let others do what somebody had to do for their room who has been gone for a minute."""
    for duty_id in db.session.scalars(queries.forsaken(now())).all():
        with transaction() as session:
            duty = session.get(Duty, duty_id)
            if duty is not None and locked(Round, duty.room.round_id).is_open:
                session.refresh(duty)
                actions.pass_on(duty)


@clockwork.every(3600)
def forget_attendance() -> None:
    """Forget who was in which room, once an event's personal data has come to its end."""
    noted = select(Round.id).join(Stay, Stay.round_id == Round.id).where(Round.event_id == Event.id)
    for event in db.session.scalars(select(Event).where(noted.exists())).all():
        if event.personal_data_ends <= now():
            with transaction():
                actions.forget_stays(event.id)


@clockwork.every(1, if_any=queries.strays)
def place_strays() -> None:
    """Place whoever is present without a place: somebody whose role changed as a round opened."""
    for person_id, round_id in db.session.execute(queries.strays(now())).all():
        with transaction():
            round_ = locked(Round, round_id)
            if round_.is_open:
                actions.settle_in(round_, db.session.get_one(Participant, person_id), True)
