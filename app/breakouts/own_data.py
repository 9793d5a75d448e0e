"""One person's part in rooms: to take along, and to delete."""

from typing import Any

from sqlalchemy import delete, select, update

from app.breakouts.actions.writing import announce_contribution
from app.breakouts.models import Placement, Report, Round, RoundState
from app.breakouts.queries import own_contributions
from app.database import now
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
        }
        for each in own_contributions(person)
    ]


def _delete(person: Participant) -> None:
    for each in own_contributions(person):
        each.withdrawn_at = now()
        announce_contribution(each, person)
    db.session.execute(
        update(Report).where(Report.changed_by_id == person.id).values(changed_by_id=None)
    )
    # The place in an open round goes with the person themselves, so that the room hears of it.
    over = select(Round.id).where(Round.state == RoundState.OVER)
    db.session.execute(
        delete(Placement).where(Placement.participant_id == person.id, Placement.round_id.in_(over))
    )


part = OwnData("contributions", _export, _delete)
