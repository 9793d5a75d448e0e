"""Questions to the speakers."""

from collections.abc import Iterable
from typing import Any

from app.api.answers.events import moment
from app.events.models import Participant
from app.questions.queries import QuestionCard, supported_by

Answer = dict[str, Any]


def question_answers(cards: Iterable[QuestionCard], person: Participant) -> list[Answer]:
    """Questions, with the number of people who ask the same."""
    supported = set(supported_by(person))
    return [
        {
            "id": card.question.id,
            "text": card.question.text,
            "author": _author(card),
            "is_mine": card.question.participant_id == person.id,
            "is_hidden": card.question.is_hidden,
            "is_answered": card.question.is_answered,
            "is_dismissed": card.question.is_dismissed,
            "is_supported": card.question.id in supported,
            "supports": card.supports,
            "created_at": moment(card.question.created_at),
        }
        for card in cards
    ]


def _author(card: QuestionCard) -> str | None:
    author = card.question.author
    return author.name or None if author else None
