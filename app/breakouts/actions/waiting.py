"""Seats that are waited for: whoever has waited longest gets the next one that is free."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from app.breakouts import queries
from app.breakouts.actions.placing import choose, is_full, put, require_choice
from app.breakouts.facts import RoomChanged
from app.breakouts.models import Mode, PlacedHow, Room, Round, SeatWanted
from app.errors import Conflict
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce
from app.permissions import Role


def wait(round_: Round, person: Participant, room: Room) -> None:
    """Wait for a seat in a full room; one that is free is taken at once. The round is held."""
    require_choice(round_, person, room)
    if round_.mode != Mode.SELF_SELECT:
        raise Conflict(_l("In this round nobody waits for a seat."))
    if not is_full(room):
        stop_waiting(round_, person)
        choose(round_, person, room)
        return
    wanted = queries.seat_wanted_by(round_.id, person.id)
    if wanted is not None and wanted.room_id == room.id:
        return
    stop_waiting(round_, person)
    db.session.add(SeatWanted(round_id=round_.id, participant_id=person.id, room_id=room.id))
    db.session.flush()


def stop_waiting(round_: Round, person: Participant) -> None:
    """Wait no longer; who does not wait stays as they are."""
    wanted = queries.seat_wanted_by(round_.id, person.id)
    if wanted is not None:
        db.session.delete(wanted)
        db.session.flush()


def give_seats(round_: Round, room: Room) -> None:
    """Give what is free in a room to those who wait for it, while people choose; it is held."""
    while round_.is_choosing:
        wanted = queries.next_in_line(room.id)
        if wanted is None or is_full(room):
            return
        person = db.session.get_one(Participant, wanted.participant_id)
        db.session.delete(wanted)
        db.session.flush()
        if person.role == Role.PARTICIPANT and person.removed_at is None:
            put(round_, person, room.id, PlacedHow.CHOSEN)


def change_seats(round_: Round, seats: int | None) -> None:
    """Let each room have so many seats, besides those with a number of their own.

    Nobody has to leave, and who waits gets what is new.
    """
    round_.capacity = seats
    changed = [room for room in round_.rooms if not room.has_own_seats]
    for room in changed:
        room.capacity = seats
    db.session.flush()
    for room in changed:
        give_seats(round_, room)
        announce(RoomChanged(round_.id, room.id), round_.event.channel, room.channel)


def nobody_waits(round_: Round) -> None:
    """The time for choosing is over, and so is waiting."""
    db.session.execute(delete(SeatWanted).where(SeatWanted.round_id == round_.id))
