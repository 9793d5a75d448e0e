"""One person's questions: to take along, and to delete."""

from typing import Any

from app.events.models import Participant
from app.events.own_data import OwnData
from app.questions.actions import remove_all
from app.questions.queries import own_questions


def _export(person: Participant) -> list[dict[str, Any]]:
    return [
        {
            "text": card.question.text,
            "created_at": card.question.created_at.isoformat(),
            "supports": card.supports,
        }
        for card in own_questions(person)
    ]


part = OwnData("questions", _export, remove_all)
