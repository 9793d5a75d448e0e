"""Contributions as subjects of threads, and what a reply means for the contribution's card."""

from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, select

from app.breakouts import actions, own_data, queries
from app.breakouts.models import (
    CONTRIBUTION,
    Contribution,
    ContributionReaction,
    ContributionThread,
)
from app.breakouts.permissions import readable_to
from app.events import marks, merging
from app.events import own_data as of_event
from app.events.facts import CardHidden
from app.events.marks import How
from app.events.models import Participant
from app.extensions import db
from app.forums import subjects
from app.forums.facts import PostChanged, PostWritten
from app.forums.models import Post, Thread
from app.forums.subjects import Subject
from app.outbox import follows
from app.reactions.models import Reaction


def register_talks() -> None:
    """Let contributions be talked about: replies, reactions, and whose those are."""
    subjects.register(subject)
    of_event.register(own_data.reactions)
    merging.register(merging.marks(ContributionReaction, Contribution, "kind"))
    tapped: Any = ContributionReaction.participant_id
    for kind in Reaction:
        this = ContributionReaction.kind == kind
        id = ContributionReaction.contribution_id
        marks.register(f"{kind}-contribution", How.SUPPORTED, tapped, id, this)


def _url(thread: Thread) -> str:
    contribution = queries.discussed_in(thread.id)
    assert contribution is not None
    return url_for("breakouts.contribution", contribution_id=contribution.id)


def _visible(person: Any) -> ColumnElement[bool]:
    talked_about = (
        select(ContributionThread.contribution_id)
        .join(Contribution, Contribution.id == ContributionThread.contribution_id)
        .where(ContributionThread.thread_id == Thread.id, readable_to(person))
    )
    return talked_about.exists()


subject = Subject(CONTRIBUTION, _url, Participant, _visible)


@follows(PostWritten)
def _reply_written(fact: PostWritten) -> None:
    _announce(fact.thread_id)


@follows(PostChanged)
def _reply_changed(fact: PostChanged) -> None:
    _announce(fact.thread_id)


@follows(CardHidden)
def _reply_hidden(fact: CardHidden) -> None:
    if fact.kind == "post":
        _announce(db.session.get_one(Post, fact.id).thread_id)


@follows(CardHidden)
def _contribution_hidden(fact: CardHidden) -> None:
    """Its replies are for its author and for moderators alone now."""
    hidden = db.session.get(Contribution, fact.id) if fact.kind == CONTRIBUTION else None
    if hidden is not None and hidden.is_hidden:
        actions.shut_talk(hidden)


def _announce(thread_id: int) -> None:
    thread = db.session.get_one(Thread, thread_id)
    contribution = queries.discussed_in(thread_id) if thread.subject == CONTRIBUTION else None
    if contribution is not None:
        actions.announce_talk(contribution)
