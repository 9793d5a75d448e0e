"""Proposals, comments and official answers."""

from collections.abc import Iterable
from typing import Any

from app.api.answers.events import moment
from app.events.models import Participant
from app.forums.models import Post
from app.forums.queries import discussion
from app.forums.writing import Writing
from app.livepolls.models import Aspect
from app.proposals.models import Proposal
from app.proposals.queries import AnswerCard, ProposalCard, card_of, sections_of, supported_by

Answer = dict[str, Any]


def section_answer(aspect: Aspect, person: Participant) -> Answer:
    """An aspect with its official answers and its proposals."""
    section = sections_of([aspect])[0]
    return {
        "id": aspect.id,
        "title": aspect.title,
        "is_taking": section.is_taking,
        "answers": [_official(card) for card in section.answers.cards],
        "proposals": _proposals(section.cards, person),
    }


def proposal_answer(proposal: Proposal, person: Participant) -> Answer:
    """A proposal with its numbers."""
    return _proposals([card_of(proposal)], person)[0]


def discussion_answer(proposal: Proposal, person: Participant) -> Answer:
    """A proposal with its comments."""
    posts = discussion(proposal.thread).posts
    return {
        "proposal": proposal_answer(proposal, person),
        "comments": [comment_answer(post, proposal.id, person) for post in posts],
    }


def comment_answer(post: Post, proposal_id: int, person: Participant) -> Answer:
    """A comment; of a withdrawn one the place is left while it has replies."""
    return {
        "id": post.id,
        "proposal": proposal_id,
        "text": post.text,
        "author": _author(post),
        "reply_to": post.reply_to_id,
        "is_mine": post.participant_id == person.id,
        "is_withdrawn": post.is_withdrawn,
        "created_at": moment(post.created_at),
    }


def _proposals(cards: Iterable[ProposalCard], person: Participant) -> list[Answer]:
    supported = set(supported_by(person))
    return [
        {
            "id": card.proposal.id,
            "aspect": card.proposal.aspect_id,
            "text": card.proposal.text,
            "author": _author(card.proposal),
            "is_mine": card.proposal.participant_id == person.id,
            "is_hidden": card.proposal.is_hidden,
            "is_supported": card.proposal.id in supported,
            "supports": card.supports,
            "comments": card.comments,
            "created_at": moment(card.proposal.created_at),
        }
        for card in cards
    ]


def _official(card: AnswerCard) -> Answer:
    return {
        "id": card.answer.id,
        "text": card.answer.text,
        "author": _author(card.answer),
        "function": card.function,
        "created_at": moment(card.answer.created_at),
    }


def _author(writing: Writing) -> str | None:
    """The name under a text, as the pages show it."""
    if writing.is_withdrawn or writing.author is None:
        return None
    return writing.author.name or None
