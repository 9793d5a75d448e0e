"""Choosing the aspects that become topics, and taking the choice back."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.database import locked, now
from app.errors import Conflict
from app.events.models import Participant
from app.livepolls.board.models import Gesture
from app.livepolls.board.recording import gesture
from app.livepolls.facts import AspectsChosen
from app.livepolls.models import PROPOSED_ASPECTS, Concern, FlashPoll
from app.livepolls.queries import ConcernCard, aspect_cards, cards
from app.outbox import announce


def choose_aspects(
    poll: FlashPoll, aspect_ids: Sequence[int], by: Participant | None = None
) -> None:
    """Freeze the aspects: these become topics, or the six most voiced if none are named."""
    if poll.is_open:
        raise Conflict(_l("Close the flash poll first."))
    poll.require_unfrozen()
    ranked = [card.aspect for card in aspect_cards(poll, _shown(poll))]
    chosen = [a for a in ranked if a.id in aspect_ids] or ranked[:PROPOSED_ASPECTS]
    if not chosen:
        raise Conflict(_l("There is no aspect yet. Accept a suggestion or make one."))
    with gesture(poll, Gesture.CHOOSE, by):
        for position, aspect in enumerate(chosen, 1):
            aspect.chosen, aspect.position = True, position
        poll.frozen_at = now()
        announce(AspectsChosen(poll.id), poll.event.channel)


def _shown(poll: FlashPoll) -> list[ConcernCard]:
    return cards(Concern.poll_id == poll.id, Concern.shown())


def unfreeze(poll: FlashPoll, by: Participant | None = None) -> None:
    """Take the choice back, to go on sorting."""
    locked(FlashPoll, poll.id)
    with gesture(poll, Gesture.UNFREEZE, by):
        poll.frozen_at = None
        for aspect in poll.aspects:
            aspect.chosen, aspect.position = False, 0
