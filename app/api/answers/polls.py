"""Flash polls, concerns and aspects."""

from collections.abc import Sequence
from typing import Any

from app.api.answers.events import moment
from app.events.models import Participant
from app.livepolls.board.queries import SuggestionCard, board
from app.livepolls.comparing import rounds_until
from app.livepolls.models import Concern, FlashPoll
from app.livepolls.permissions import visible_to
from app.livepolls.queries import (
    AspectCard,
    ConcernCard,
    aspect_cards,
    cards,
    poll_counts,
    supported_by,
)
from app.livepolls.splits import Whole

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
        "is_named": poll.is_named,
        "is_moderated_before": poll.is_moderated_before,
        "most_per_person": poll.most_per_person,
        "closes_at": moment(poll.closes_at),
        "round": poll.round,
        "rounds": _rounds(poll),
        "concerns": concern_answers(shown, person),
        "aspects": _aspects(poll, shown, person),
        "suggestions": _suggestions(poll, person),
    }


def concern_answers(shown: Sequence[ConcernCard], person: Participant) -> list[Answer]:
    """Concerns; not who supports them, nor whose they are, unless the poll is a named one."""
    supported = set(supported_by(person))
    return [
        {
            "id": card.concern.id,
            "poll": card.concern.poll_id,
            "text": card.concern.text,
            "author": card.signed or None,
            "is_mine": card.concern.participant_id == person.id,
            "is_hidden": card.concern.is_hidden,
            "is_waiting": card.concern.is_waiting,
            "is_supported": card.concern.id in supported,
            "supports": card.supports,
            "supported_as": [
                {"text": each.text, "supports": each.supports} for each in card.supported_as
            ],
            "split_from": [_whole(each, card.concern, person) for each in card.split_from],
            "aspect": _aspect_of(card.concern, person),
            "created_at": moment(card.concern.created_at),
        }
        for card in shown
    ]


def _whole(whole: Whole, concern: Concern, person: Participant) -> Answer:
    """What it was split from; not the words of a part that is hidden from this person."""
    sees_all = person.is_moderator or concern.participant_id == person.id
    text = whole.text if sees_all or not whole.is_veiled else ""
    return {"text": text or None, "supports": whole.supports, "concerns": list(whole.concerns)}


def _rounds(poll: FlashPoll) -> list[Answer]:
    """The rounds before this one, the oldest first: each is a poll of its own."""
    before = rounds_until(poll)[:-1]
    counts = poll_counts([each.id for each in before]) if before else {}
    return [
        {
            "poll": each.id,
            "round": each.round,
            "concerns": counts[each.id]["concern_count"],
            "people": counts[each.id]["author_count"],
        }
        for each in before
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
