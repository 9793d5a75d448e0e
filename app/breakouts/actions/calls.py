"""Between the rooms and those who lead: calls for help, and messages. The round is held."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.breakouts import queries
from app.breakouts.facts import HelpChanged, RoomEnded, RoomMessageSent, RoundEnded
from app.breakouts.models import LONGEST_MESSAGE, HelpCall, Room, RoomMessage, Round
from app.errors import Conflict
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce, follows
from app.submissions import checked, submit_once


def ask_for_help(room: Room) -> None:
    """Ask those who lead to come; asking twice asks once."""
    room.round.require_open()
    room.require_open()
    if queries.help_for(room) is None:
        db.session.add(HelpCall(room=room))
        _announce(room)


def answer_help(room: Room, person: Participant) -> None:
    """Say that somebody is coming."""
    call = queries.help_for(room)
    if call is not None and call.answered_by_id != person.id:
        call.answered_by = person
        _announce(room)


def end_help(room: Room) -> None:
    """Say that help is no longer needed."""
    call = queries.help_for(room)
    if call is not None:
        db.session.delete(call)
        _announce(room)


def _announce(room: Room) -> None:
    db.session.flush()
    fact = HelpChanged(room.round_id, room.id)
    announce(fact, room.channel, room.round.event.channel)


def send_message(
    round_: Round, room: Room | None, author: Participant, text: str, key: str
) -> tuple[RoomMessage, bool]:
    """Say something to one room, or to all; sent twice it is said once. Says whether it is new."""
    said = checked(text, LONGEST_MESSAGE)

    def make(sure_key: str) -> RoomMessage:
        round_.require_open()
        return RoomMessage(
            round=round_,
            room=room,
            text=said,
            submitted_text=said,
            key=sure_key,
            participant_id=author.id,
        )

    message, is_new = submit_once(RoomMessage, author, key, said, make)
    if (message.round_id, message.room_id) != (round_.id, room.id if room is not None else None):
        raise Conflict(_l("This key has been used already, for something else."))
    if is_new:
        announce(RoomMessageSent(round_.id, None, message.id), round_.event.channel)
        for each in [room] if room is not None else round_.rooms:
            announce(RoomMessageSent(round_.id, each.id, message.id), each.channel)
    return message, is_new


@follows(RoomEnded)
def _room_ended(fact: RoomEnded) -> None:
    db.session.execute(delete(HelpCall).where(HelpCall.room_id == fact.room_id))


@follows(RoundEnded)
def _ended(fact: RoundEnded) -> None:
    rooms = select(Room.id).where(Room.round_id == fact.round_id)
    db.session.execute(delete(HelpCall).where(HelpCall.room_id.in_(rooms)))
