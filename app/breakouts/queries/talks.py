"""Reads of what others say to contributions, and of what those said before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from app.breakouts.models import (
    Contribution,
    ContributionReaction,
    ContributionThread,
    ContributionVersion,
)
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Post, Thread
from app.reactions.models import Reaction

Counts = Mapping[Reaction, int]
NOBODY: Counts = dict.fromkeys(Reaction, 0)


@dataclass(frozen=True)
class Talk:
    """What others say to a contribution."""

    reactions: Counts = field(default_factory=lambda: NOBODY)
    replies: int = 0
    thread_id: int | None = None


def talks_of(ids: Collection[int]) -> Mapping[int, Talk]:
    """What others say to these contributions: two queries; an empty talk where nobody does."""
    talks: dict[int, Talk] = defaultdict(Talk)
    if ids:
        reactions, threads = _reactions_to(ids), _threads_of(ids)
        for id in {*reactions, *threads}:
            thread_id, replies = threads.get(id, (None, 0))
            talks[id] = Talk(reactions.get(id, NOBODY), replies, thread_id)
    return talks


def _reactions_to(ids: Collection[int]) -> dict[int, Counts]:
    rows = db.session.execute(
        select(ContributionReaction.contribution_id, ContributionReaction.kind, func.count())
        .where(ContributionReaction.contribution_id.in_(ids))
        .group_by(ContributionReaction.contribution_id, ContributionReaction.kind)
    )
    said: dict[int, dict[Reaction, int]] = defaultdict(lambda: dict(NOBODY))
    for id, kind, count in rows:
        said[id][kind] = count
    return dict(said)


def _threads_of(ids: Collection[int]) -> dict[int, tuple[int, int]]:
    replies = (
        select(func.count())
        .select_from(Post)
        .where(Post.thread_id == ContributionThread.thread_id, Post.shown())
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(ContributionThread.contribution_id, ContributionThread.thread_id, replies).where(
            ContributionThread.contribution_id.in_(ids)
        )
    )
    return {id: (thread_id, replies) for id, thread_id, replies in rows}


def thread_of(contribution: Contribution) -> Thread | None:
    """The replies to a contribution, if its page was opened before."""
    return db.session.scalar(
        select(Thread)
        .join(ContributionThread, ContributionThread.thread_id == Thread.id)
        .where(ContributionThread.contribution_id == contribution.id)
    )


def threads_in(room_ids: Iterable[int]) -> Sequence[Thread]:
    """Where the contributions of some rooms are replied to."""
    return db.session.scalars(
        select(Thread)
        .join(ContributionThread, ContributionThread.thread_id == Thread.id)
        .join(Contribution, Contribution.id == ContributionThread.contribution_id)
        .where(Contribution.room_id.in_(list(room_ids)))
    ).all()


def discussed_in(thread_id: int) -> Contribution | None:
    """The contribution that a thread is about."""
    return db.session.scalar(
        select(Contribution)
        .join(ContributionThread, ContributionThread.contribution_id == Contribution.id)
        .where(ContributionThread.thread_id == thread_id)
    )


def own_reactions(person: Participant) -> Sequence[ContributionReaction]:
    """What this person has said to contributions with one tap."""
    return db.session.scalars(
        select(ContributionReaction)
        .where(ContributionReaction.participant_id == person.id)
        .order_by(ContributionReaction.contribution_id, ContributionReaction.kind)
    ).all()


def earlier_wordings(contribution: Contribution) -> Sequence[ContributionVersion]:
    """What it said before, the latest first."""
    return db.session.scalars(
        select(ContributionVersion)
        .where(ContributionVersion.contribution_id == contribution.id)
        .order_by(ContributionVersion.id.desc())
    ).all()
