"""Reads of who is named before a round to lead through its talks, or to take notes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from app.breakouts.models import BEFORE_THE_TALK, Nomination, Part, PreparedPlace, Round
from app.events.models import AgendaItem, Participant
from app.extensions import db
from app.permissions import Role


def named_in(round_: Round) -> dict[int, Part]:
    """The part of everybody who is named for one, and does not mind."""
    rows = db.session.execute(
        select(Nomination.participant_id, Nomination.part)
        .where(Nomination.round_id == round_.id, Nomination.declined_at.is_(None))
        .order_by(Nomination.participant_id)
    )
    return {person_id: part for person_id, part in rows}


def nomination_of(round_: Round, person: Participant) -> Nomination | None:
    """What somebody is named for in a round, and has not declined."""
    nomination = declinable(round_, person)
    return nomination if nomination is not None and nomination.declined_at is None else None


def declinable(round_: Round, person: Participant) -> Nomination | None:
    """What somebody is named for in a round, whether they would rather not or do not mind."""
    return db.session.get(Nomination, (round_.id, person.id))


def named_at(item_ids: Collection[int]) -> Sequence[int]:
    """Who is named, declined or not, in the rounds of these steps of the agenda."""
    return db.session.scalars(
        select(Nomination.participant_id)
        .join(Round, Round.id == Nomination.round_id)
        .where(Round.item_id.in_(item_ids))
        .distinct()
    ).all()


def declined_in(event_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Events as contexts of who would rather not, in rounds whose talk has not begun."""
    rows = db.session.execute(
        select(Nomination, Round)
        .join(Round, Round.id == Nomination.round_id)
        .join(AgendaItem, AgendaItem.id == Round.item_id)
        .join(Participant, Participant.id == Nomination.participant_id)
        .where(Round.event_id.in_(event_ids), Round.state.in_(BEFORE_THE_TALK))
        .where(Participant.role == Role.PARTICIPANT, Participant.removed_at.is_(None))
        .where(Nomination.declined_at.is_not(None))
        .order_by(AgendaItem.position, Participant.name, Participant.id)
        .options(contains_eager(Nomination.person), contains_eager(Round.item))
    )
    declined: dict[int, list[tuple[Nomination, Round]]] = defaultdict(list)
    for nomination, round_ in rows:
        declined[round_.event_id].append((nomination, round_))
    return {id: {"declined": declined[id]} for id in event_ids}


def nominations_in(round_: Round) -> Sequence[tuple[Nomination, int | None]]:
    """Who is named in a round, by name, and the number of the room that is prepared for them.

    Those who would rather not are among them.
    """
    rows = db.session.execute(
        select(Nomination, PreparedPlace.number)
        .join(Participant, Participant.id == Nomination.participant_id)
        .outerjoin(
            PreparedPlace,
            (PreparedPlace.round_id == Nomination.round_id)
            & (PreparedPlace.participant_id == Nomination.participant_id),
        )
        .where(Nomination.round_id == round_.id, Participant.removed_at.is_(None))
        .where(Participant.role == Role.PARTICIPANT)
        .order_by(Nomination.part, Participant.name, Participant.id)
    )
    return [(nomination, number) for nomination, number in rows]


def named_counts(event_id: int) -> Mapping[int, Mapping[str, int]]:
    """How many are named in each round of an event and do not mind, by their parts."""
    rows = db.session.execute(
        select(Nomination.round_id, Nomination.part, func.count())
        .join(Round, Round.id == Nomination.round_id)
        .join(Participant, Participant.id == Nomination.participant_id)
        .where(Round.event_id == event_id, Participant.removed_at.is_(None))
        .where(Participant.role == Role.PARTICIPANT, Nomination.declined_at.is_(None))
        .group_by(Nomination.round_id, Nomination.part)
    )
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for round_id, part, count in rows:
        counts[round_id][part.value] = count
    return counts
