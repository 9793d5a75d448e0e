"""What people are told beforehand who are named for a part in the round that is next, or now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from app.breakouts.models import (
    BEFORE_THE_TALK,
    Nomination,
    Part,
    PreparedPlace,
    Round,
    name_of,
)
from app.breakouts.planning.drafting import rooms_to_name
from app.events.models import AgendaItem, Participant
from app.extensions import db
from app.permissions import Role


@dataclass(frozen=True)
class RoleAhead:
    """What one person is named for, unless they would rather not."""

    round: Round
    part: Part
    declined: bool
    room: str  # its number and name, where one is meant


def roles_ahead(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What these people are named for, as contexts of what tells them: a few statements for all."""
    roles: dict[int, list[RoleAhead]] = defaultdict(list)
    names: dict[int, list[str]] = {}
    for participant_id, part, declined_at, number, round_ in db.session.execute(_named(ids)):
        if not is_ahead(round_):
            continue
        if number is not None and round_.id not in names:
            names[round_.id] = _names(round_)
        room = dict(enumerate(names.get(round_.id, ()), 1)).get(number, "")
        roles[participant_id].append(RoleAhead(round_, part, declined_at is not None, room))
    return {id: {"roles": roles[id]} for id in ids}


def _named(ids: Sequence[int]) -> Select[Any, Any, Any, Any, Any]:
    return (
        select(
            Nomination.participant_id,
            Nomination.part,
            Nomination.declined_at,
            PreparedPlace.number,
            Round,
        )
        .join(Round, Round.id == Nomination.round_id)
        .join(AgendaItem, AgendaItem.id == Round.item_id)
        .join(Participant, Participant.id == Nomination.participant_id)
        .outerjoin(
            PreparedPlace,
            (PreparedPlace.round_id == Nomination.round_id)
            & (PreparedPlace.participant_id == Nomination.participant_id),
        )
        .where(Nomination.participant_id.in_(ids), Round.state.in_(BEFORE_THE_TALK))
        .where(Participant.role == Role.PARTICIPANT, Participant.removed_at.is_(None))
        .order_by(AgendaItem.position)
    )


def is_ahead(round_: Round) -> bool:
    """Whether the hall is at a round whose talk has not begun, or comes to it next."""
    if round_.state not in BEFORE_THE_TALK:
        return False
    return round_.item.is_current or round_.event.following_item() is round_.item


def _names(round_: Round) -> list[str]:
    """The rooms that are known beforehand, as people know them."""
    topics = rooms_to_name(round_)
    return [f"{at} · {name_of(round_.mode, at, topic.title)}" for at, topic in enumerate(topics, 1)]
