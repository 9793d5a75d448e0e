"""Reads of polls themselves, and of who has voiced or supported something in them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager

from app.database import in_line, is_sqlite
from app.errors import NotFound
from app.events.models import AgendaItem, Participant
from app.extensions import db
from app.livepolls.models import Concern, ConcernSupport, FlashPoll


def poll_of(item: AgendaItem) -> FlashPoll | None:
    """The poll of an agenda item."""
    return db.session.scalar(select(FlashPoll).where(FlashPoll.item_id == item.id))


def latest_frozen_poll(event_id: int) -> FlashPoll | None:
    """The poll whose aspects are the event's topics."""
    return db.session.scalar(
        select(FlashPoll)
        .where(FlashPoll.event_id == event_id, FlashPoll.frozen_at.is_not(None))
        .order_by(FlashPoll.frozen_at.desc())
        .limit(1)
    )


def polls_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These polls, as contexts of what says where they stand."""
    polls = db.session.scalars(select(FlashPoll).where(FlashPoll.id.in_(ids)))
    return {poll.id: {"poll": poll} for poll in polls}


def poll_counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """How many concerns these polls have, by how many people."""
    rows = db.session.execute(
        select(Concern.poll_id, func.count(), func.count(func.distinct(Concern.participant_id)))
        .where(
            Concern.poll_id.in_(ids), Concern.withdrawn_at.is_(None), Concern.is_unseen.is_(False)
        )
        .group_by(Concern.poll_id)
    )
    counts = {poll_id: (concerns, people) for poll_id, concerns, people in rows}
    return {
        id: {
            "poll_id": id,
            "concern_count": counts.get(id, (0, 0))[0],
            "author_count": counts.get(id, (0, 0))[1],
        }
        for id in ids
    }


def held_concern(concern_id: int) -> Concern:
    """A concern with its poll and event, held (shared), so that nothing closes in between.

    The poll comes first, as for everybody who holds both. Raises `NotFound`.
    """
    concern = db.session.scalar(_held(is_sqlite(db.session)), {"id": concern_id})
    if concern is None:
        raise NotFound
    return concern


@cache
def _held(_is_sqlite: bool) -> Select[Concern]:
    """Built once for each database: each *me too* runs it."""
    return (
        select(Concern)
        .join(Concern.poll)
        .join(FlashPoll.event)
        .options(contains_eager(Concern.poll).contains_eager(FlashPoll.event))
        .where(Concern.id == bindparam("id"), *in_line(FlashPoll, Concern.poll_id, shared=True))
        .with_for_update(read=True, of=[FlashPoll, Concern])
        .execution_options(populate_existing=True)
    )


def authors_in(item_id: int) -> Sequence[int]:
    """Who has voiced something in the poll of an agenda item, if that is one."""
    authors = db.session.scalars(
        select(Concern.participant_id)
        .join(FlashPoll, FlashPoll.id == Concern.poll_id)
        .where(FlashPoll.item_id == item_id, Concern.withdrawn_at.is_(None))
        .distinct()
    )
    return [author for author in authors if author is not None]


def supported_by(person: Participant) -> Sequence[int]:
    """The concerns that this person supports."""
    return db.session.scalars(
        select(ConcernSupport.concern_id).where(ConcernSupport.participant_id == person.id)
    ).all()


def voices(poll: FlashPoll) -> Mapping[int, set[int]]:
    """The distinct people behind each concern: its author and its supporters."""
    people: dict[int, set[int]] = defaultdict(set)
    authors = db.session.execute(
        select(Concern.id, Concern.participant_id).where(
            Concern.poll_id == poll.id, Concern.participant_id.is_not(None)
        )
    )
    supporters = db.session.execute(
        select(ConcernSupport.concern_id, ConcernSupport.participant_id)
        .join(Concern, Concern.id == ConcernSupport.concern_id)
        .where(Concern.poll_id == poll.id)
    )
    for rows in (authors, supporters):
        for concern_id, participant_id in rows:
            people[concern_id].add(participant_id)  # type: ignore[arg-type]
    return people
