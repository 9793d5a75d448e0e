"""Proposals, comments and official answers."""

from collections.abc import Iterable
from typing import Any

from app.api.answers.events import moment
from app.api.answers.writings import author_of, post_answer
from app.events.models import Participant
from app.forums.queries import discussion
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
        "comments": [post_answer(post, person, proposal=proposal.id) for post in posts],
    }


def _proposals(cards: Iterable[ProposalCard], person: Participant) -> list[Answer]:
    supported = set(supported_by(person))
    return [
        {
            "id": card.proposal.id,
            "aspect": card.proposal.aspect_id,
            "text": card.proposal.text,
            "author": author_of(card.proposal),
            "is_mine": card.proposal.participant_id == person.id,
            "is_hidden": card.proposal.is_hidden,
            "is_supported": card.proposal.id in supported,
            "supports": card.supports,
            "comments": card.comments,
            "reactions": {kind.value: count for kind, count in card.reactions.items()},
            "merged_into": card.proposal.within_id,
            "merged": [_merged(each) for each in card.merged],
            "created_at": moment(card.proposal.created_at),
            "edited_at": moment(card.proposal.edited_at),
        }
        for card in cards
    ]


def _official(card: AnswerCard) -> Answer:
    return {
        "id": card.answer.id,
        "text": card.answer.text,
        "author": author_of(card.answer),
        "function": card.function,
        "organisation": card.answer.organisation,
        "state": card.answer.state.value if card.answer.state else None,
        "why": card.answer.why,
        "state_at": moment(card.answer.state_at),
        "created_at": moment(card.answer.created_at),
    }


def _merged(proposal: Proposal) -> Answer:
    return {"id": proposal.id, "text": proposal.text, "author": author_of(proposal)}
