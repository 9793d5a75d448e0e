"""What is one person's own in the plan of rounds: wishes to take along, and all of it to delete."""

from typing import Any

from sqlalchemy import delete, or_, select, update

from app.breakouts.models import Nomination, Pair, PreparedPlace, Round, SeatWanted, Wish
from app.events.models import Participant
from app.events.own_data import OwnData
from app.extensions import db

ONE_A_ROUND: tuple[Any, ...] = (Nomination, PreparedPlace, SeatWanted, Wish)


def _export(person: Participant) -> list[dict[str, Any]]:
    wishes = db.session.scalars(
        select(Wish)
        .join(Round, Round.id == Wish.round_id)
        .where(Wish.participant_id == person.id)
        .order_by(Wish.round_id, Wish.rank)
    )
    return [
        {"round": each.room.round.item.title, "rank": each.rank, "room": each.room.name}
        for each in wishes
    ]


def _export_parts(person: Participant) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Nomination, Round)
        .join(Round, Round.id == Nomination.round_id)
        .where(Nomination.participant_id == person.id)
        .order_by(Round.id)
    )
    return [
        {
            "round": each.item.title,
            "part": named.part.value,
            "declined": named.declined_at is not None,
        }
        for named, each in rows
    ]


def _delete(person: Participant) -> None:
    forget(select(Participant.id).where(Participant.id == person.id))


def forget(ids: Any) -> None:
    """Forget what is planned for these people, and what they wished for."""
    pairs = delete(Pair).where(or_(Pair.first_id.in_(ids), Pair.second_id.in_(ids)))
    ones = [delete(table).where(table.participant_id.in_(ids)) for table in ONE_A_ROUND]
    for statement in (pairs, *ones):
        _run(statement)


def move_plans(guest: Participant, member: Participant) -> None:
    """Let what was planned for a guest be a member's; what theirs is already stays as it is."""
    for table in ONE_A_ROUND:
        known = select(table.round_id).where(table.participant_id == member.id)
        theirs = table.participant_id == guest.id
        _run(delete(table).where(theirs, table.round_id.in_(known)))
        _run(update(table).where(theirs).values(participant_id=member.id))
    for column in (Pair.first_id, Pair.second_id):
        _run(update(Pair).where(column == guest.id).values({column: member.id}))
    _run(delete(Pair).where(Pair.first_id == Pair.second_id))


def _run(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))


part = OwnData("room_wishes", _export, _delete)
parts = OwnData("parts_in_rounds", _export_parts, _delete)
