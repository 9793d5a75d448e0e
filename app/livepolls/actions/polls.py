"""Opening and closing a poll, and choosing its aspects."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.database import locked, now
from app.errors import Conflict
from app.events.facts import StepChanged
from app.livepolls.facts import (
    AspectsChosen,
)
from app.livepolls.models import (
    PROPOSED_ASPECTS,
    FlashPoll,
)
from app.livepolls.queries import board
from app.outbox import announce


def open_poll(poll: FlashPoll) -> None:
    """Take concerns, for the first time or again."""
    if not poll.is_open:
        poll.open()
        announce_step(poll)


def close_poll(poll: FlashPoll) -> None:
    """Take no more concerns."""
    if poll.is_open:
        poll.close()
        announce_step(poll)


def choose_aspects(poll: FlashPoll, aspect_ids: Sequence[int]) -> None:
    """Freeze the aspects: these become topics, or the six most voiced if none are named."""
    if poll.is_open:
        raise Conflict(_l("Close the flash poll first."))
    poll.require_unfrozen()
    ranked = [card.aspect for card in board(poll).aspects]
    chosen = [a for a in ranked if a.id in aspect_ids] or ranked[:PROPOSED_ASPECTS]
    if not chosen:
        raise Conflict(_l("There is no aspect yet. Accept a suggestion or make one."))
    for position, aspect in enumerate(chosen, 1):
        aspect.chosen, aspect.position = True, position
    poll.frozen_at = now()
    announce(AspectsChosen(poll.id), poll.event.channel)
    announce_step(poll)


def unfreeze(poll: FlashPoll) -> None:
    """Take the choice back, to go on sorting."""
    locked(FlashPoll, poll.id)
    poll.frozen_at = None
    for aspect in poll.aspects:
        aspect.chosen, aspect.position = False, 0
    announce_step(poll)


def announce_step(poll: FlashPoll) -> None:
    """Say that what the poll shows has changed as a whole."""
    announce(StepChanged(poll.event_id, poll.item_id), poll.event.channel)
