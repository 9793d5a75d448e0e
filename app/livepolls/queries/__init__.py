"""Reads of flash polls."""

from app.livepolls.queries.aspects import (
    AspectCard,
    aspect_cards,
    chosen_aspects,
    in_order,
)
from app.livepolls.queries.cards import (
    ConcernCard,
    card_context,
    cards,
    cards_by_id,
    hall_cards,
    loose_cards,
    newest_concerns,
    own_cards_by_person,
    supports_of,
)
from app.livepolls.queries.polls import (
    authors_in,
    held_concern,
    latest_frozen_poll,
    poll_counts,
    poll_of,
    polls_by_id,
    supported_by,
    voices,
)

__all__ = [
    "AspectCard",
    "ConcernCard",
    "aspect_cards",
    "authors_in",
    "card_context",
    "cards",
    "cards_by_id",
    "chosen_aspects",
    "hall_cards",
    "held_concern",
    "in_order",
    "latest_frozen_poll",
    "loose_cards",
    "newest_concerns",
    "own_cards_by_person",
    "poll_counts",
    "poll_of",
    "polls_by_id",
    "supported_by",
    "supports_of",
    "voices",
]
