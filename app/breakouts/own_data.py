"""One person's part in rooms: to take along, and to delete."""

from typing import Any

from sqlalchemy import delete, or_, select, update

from app.breakouts import actions, queries
from app.breakouts.models import (
    Duty,
    HelpCall,
    Placement,
    Report,
    Room,
    RoomMessage,
    Round,
    RoundState,
    Stay,
)
from app.breakouts.queries import own_contributions, stays_of
from app.events.models import Participant
from app.events.own_data import OwnData
from app.extensions import db


def _export(person: Participant) -> list[dict[str, Any]]:
    return [
        {
            "text": each.text,
            "kind": each.kind.value,
            "room": each.room.name,
            "round": each.room.round.item.title,
            "created_at": each.created_at.isoformat(),
            "earlier": [
                {"text": said.text, "written_at": said.written_at.isoformat()}
                for said in queries.earlier_wordings(each)
            ],
        }
        for each in own_contributions(person)
    ]


def _export_reactions(person: Participant) -> list[dict[str, Any]]:
    return [
        {"contribution": each.contribution_id, "said": each.kind.value}
        for each in queries.own_reactions(person)
    ]


def _export_attendance(person: Participant) -> list[dict[str, Any]]:
    return [
        {
            "round": stay.room.round.item.title,
            "room": stay.room.name,
            "from": stay.since.isoformat(),
            "until": stay.until.isoformat() if stay.until else None,
        }
        for stay in stays_of(person)
    ]


def _delete_attendance(person: Participant) -> None:
    """Where they were is forgotten; what they do in a room that is open goes with themselves."""
    db.session.execute(delete(Stay).where(Stay.participant_id == person.id))
    over = select(Room.id).join(Round).where(Round.state == RoundState.OVER)
    db.session.execute(delete(Duty).where(Duty.participant_id == person.id, Duty.room_id.in_(over)))


def _delete(person: Participant) -> None:
    for each in own_contributions(person):
        actions.remove_author(each, person)
    db.session.execute(
        update(Report).where(Report.changed_by_id == person.id).values(changed_by_id=None)
    )
    # The place in an open round goes with the person themselves, so that the room hears of it.
    over = select(Round.id).where(Round.state == RoundState.OVER)
    db.session.execute(
        delete(Placement).where(Placement.participant_id == person.id, Placement.round_id.in_(over))
    )


def move_placements(guest: Participant, member: Participant) -> None:
    """Let a member have been where a guest was; who was in two rooms of a round stays in theirs."""
    known = select(Placement.round_id).where(Placement.participant_id == member.id)
    theirs = Placement.participant_id == guest.id
    for statement in (
        update(Report).where(Report.changed_by_id == guest.id).values(changed_by_id=member.id),
        update(Placement)
        .where(theirs, Placement.round_id.not_in(known))
        .values(participant_id=member.id),
        delete(Placement).where(theirs),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def move_attendance(guest: Participant, member: Participant) -> None:
    """Let a member have been where a guest was; what goes on does so in the room that they have.

    Placements are moved before.
    """
    theirs = select(Placement.room_id).where(
        Placement.participant_id == member.id, Placement.room_id.is_not(None)
    )
    twice = select(Stay.round_id).where(Stay.participant_id == member.id, Stay.until.is_(None))
    stay, duty = Stay.participant_id == guest.id, Duty.participant_id == guest.id
    goes_on = Stay.until.is_(None)
    for statement in (
        delete(Stay).where(
            stay, goes_on, or_(Stay.round_id.in_(twice), Stay.room_id.not_in(theirs))
        ),
        update(Stay).where(stay).values(participant_id=member.id),
        delete(Duty).where(duty, Duty.room_id.not_in(theirs)),
        update(Duty).where(duty).values(participant_id=member.id),
        update(HelpCall)
        .where(HelpCall.answered_by_id == guest.id)
        .values(answered_by_id=member.id),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


def _export_messages(person: Participant) -> list[dict[str, Any]]:
    said = select(RoomMessage).where(RoomMessage.participant_id == person.id)
    return [
        {"text": each.text, "created_at": each.created_at.isoformat()}
        for each in db.session.scalars(said.order_by(RoomMessage.id))
    ]


def _delete_messages(person: Participant) -> None:
    db.session.execute(delete(RoomMessage).where(RoomMessage.participant_id == person.id))


part = OwnData("contributions", _export, _delete)
messages = OwnData("messages_to_rooms", _export_messages, _delete_messages)
attendance = OwnData("attendance", _export_attendance, _delete_attendance)
reactions = OwnData("contribution_reactions", _export_reactions, actions.take_back_reactions)
