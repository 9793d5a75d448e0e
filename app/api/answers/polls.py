"""Flash polls, concerns and aspects."""

from collections.abc import Sequence
from typing import Any

from app.api.answers.events import moment
from app.events.models import Participant
from app.livepolls.models import Concern, FlashPoll
from app.livepolls.permissions import visible_to
from app.livepolls.queries import (
    AspectCard,
    ConcernCard,
    SuggestionCard,
    aspect_cards,
    board,
    cards,
    supported_by,
)

Answer = dict[str, Any]


def poll_answer(poll: FlashPoll, person: Participant) -> Answer:
    """A poll, as far as this person may see it; suggestions are for moderators."""
    shown = cards(Concern.poll_id == poll.id, visible_to(person))
    return {
        "id": poll.id,
        "event": poll.event.code,
        "step": poll.item_id,
        "question": poll.question,
        "state": poll.state.value,
        "is_frozen": poll.is_frozen,
        "hides_until_closed": poll.hides_until_closed,
        "most_per_person": poll.most_per_person,
        "concerns": concern_answers(shown, person),
        "aspects": _aspects(poll, shown, person),
        "suggestions": _suggestions(poll, person),
    }


def concern_answers(shown: Sequence[ConcernCard], person: Participant) -> list[Answer]:
    """Concerns; neither whose they are, nor who supports them, but what is one's own."""
    supported = set(supported_by(person))
    return [
        {
            "id": card.concern.id,
            "poll": card.concern.poll_id,
            "text": card.concern.text,
            "is_mine": card.concern.participant_id == person.id,
            "is_hidden": card.concern.is_hidden,
            "is_supported": card.concern.id in supported,
            "supports": card.supports,
            "aspect": _aspect_of(card.concern, person),
            "created_at": moment(card.concern.created_at),
        }
        for card in shown
    ]


def _sees_aspects(poll: FlashPoll, person: Participant) -> bool:
    """While moderators still sort, their drafts are their own."""
    return poll.is_frozen or person.is_moderator


def _aspect_of(concern: Concern, person: Participant) -> int | None:
    return concern.aspect_id if _sees_aspects(concern.poll, person) else None


def _aspects(poll: FlashPoll, shown: Sequence[ConcernCard], person: Participant) -> list[Answer]:
    if not _sees_aspects(poll, person):
        return []
    return [_aspect(card) for card in aspect_cards(poll, shown)]


def _aspect(card: AspectCard) -> Answer:
    return {
        "id": card.aspect.id,
        "title": card.aspect.title,
        "voices": card.voices,
        "is_chosen": card.aspect.chosen,
        "concerns": [c.concern.id for c in card.cards],
    }


def _suggestions(poll: FlashPoll, person: Participant) -> list[Answer]:
    if not person.is_moderator:
        return []
    return [_suggestion(card) for card in board(poll).suggestions]


def _suggestion(card: SuggestionCard) -> Answer:
    return {
        "title": card.suggestion.title,
        "voices": card.voices,
        "certainty": card.suggestion.certainty,
        "concerns": [c.concern.id for c in card.cards],
    }
