"""Reads of rooms as those who lead see them: all at a glance."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.breakouts.models import Contribution
from app.breakouts.models.times import local
from app.breakouts.queries.calls import calls_from
from app.breakouts.queries.duties import duties_by_room
from app.extensions import db


def tiles(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rooms as the cockpit shows them: people, who is away, activity, a call for help."""
    contexts, activity, calls = duties_by_room(ids), _activity(ids), calls_from(ids)
    return {
        id: {
            **context,
            "round_id": context["room"].round_id,
            "round": context["room"].round,
            "away": sum(not person.is_present for person in context["people"]),
            "contributions": activity.get(id, (0, None))[0],
            "last": local(activity.get(id, (0, None))[1], context["room"].round.event),
            "help": calls.get(id),
        }
        for id, context in contexts.items()
    }


def _activity(room_ids: Iterable[int]) -> dict[int, tuple[int, datetime | None]]:
    rows = db.session.execute(
        select(Contribution.room_id, func.count(), func.max(Contribution.created_at))
        .where(Contribution.room_id.in_(room_ids), Contribution.withdrawn_at.is_(None))
        .group_by(Contribution.room_id)
    )
    return {room_id: (count, last) for room_id, count, last in rows}
