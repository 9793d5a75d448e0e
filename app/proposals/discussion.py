"""Proposals as subjects of threads, and what a comment means for the proposal's card."""

from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, select

from app.events.facts import CardHidden
from app.events.models import Participant
from app.extensions import db
from app.forums.facts import PostChanged, PostWritten, ReadersChanged
from app.forums.models import Post, Thread
from app.forums.subjects import Subject
from app.outbox import announce, follows
from app.proposals.facts import ProposalDiscussed
from app.proposals.models import STEP, Proposal
from app.proposals.permissions import visible_to


def _proposal_of(thread_id: int) -> Proposal | None:
    return db.session.scalar(select(Proposal).where(Proposal.thread_id == thread_id))


def _url(thread: Thread) -> str:
    proposal = _proposal_of(thread.id)
    assert proposal is not None
    return url_for("proposals.show", proposal_id=proposal.id)


def _visible(person: Any) -> ColumnElement[bool]:
    return select(Proposal.id).where(Proposal.thread_id == Thread.id, visible_to(person)).exists()


subject = Subject(STEP, _url, Participant, _visible)


@follows(PostWritten)
def _comment_written(fact: PostWritten) -> None:
    _announce(fact.thread_id)


@follows(PostChanged)
def _comment_changed(fact: PostChanged) -> None:
    _announce(fact.thread_id)


@follows(CardHidden)
def _comment_hidden(fact: CardHidden) -> None:
    if fact.kind == "post":
        _announce(db.session.get_one(Post, fact.id).thread_id)


@follows(CardHidden)
def _proposal_hidden(fact: CardHidden) -> None:
    """What is said about it is for its author and for moderators alone now."""
    hidden = db.session.get(Proposal, fact.id) if fact.kind == "proposal" else None
    if hidden is not None and hidden.is_hidden:
        announce(ReadersChanged(hidden.thread_id), hidden.thread.channel)


def _announce(thread_id: int) -> None:
    proposal = _proposal_of(thread_id)
    if proposal is not None:
        fact = ProposalDiscussed(proposal.event_id, proposal.id)
        announce(fact, proposal.aspect.poll.event.channel)
