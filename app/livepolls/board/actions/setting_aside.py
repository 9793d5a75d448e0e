"""Setting concerns aside, with a reason: as off-topic, which all may read, or out of sight."""

from collections.abc import Sequence

from app.database import now
from app.events.cards import follow_on_screen
from app.events.facts import CardHidden
from app.events.models import Participant
from app.livepolls.board.actions.placing import concerns_of, drop_empty
from app.livepolls.board.models import Gesture
from app.livepolls.board.recording import gesture
from app.livepolls.facts import ConcernWritten
from app.livepolls.models import Concern, FlashPoll
from app.outbox import announce

LONGEST_REASON = 200  # characters


def set_off_topic(
    poll: FlashPoll, concern_ids: Sequence[int], reason: str = "", by: Participant | None = None
) -> None:
    """They belong to no aspect of this question; everybody can still read them."""
    concerns = concerns_of(poll, concern_ids)
    if any(concern.aspect_id is not None for concern in concerns):
        poll.require_unfrozen()
    with gesture(poll, Gesture.SET_OFF_TOPIC, by):
        for concern in concerns:
            concern.aspect_id = None
            concern.off_topic_at, concern.off_topic_reason = now(), checked_reason(reason)
        drop_empty(poll)


def take_up(poll: FlashPoll, concern_ids: Sequence[int], by: Participant | None = None) -> None:
    """They belong to the question after all, and wait to be sorted."""
    with gesture(poll, Gesture.TAKE_UP, by):
        for concern in concerns_of(poll, concern_ids):
            concern.off_topic_at, concern.off_topic_reason = None, ""


def hide(
    poll: FlashPoll, concern_ids: Sequence[int], reason: str = "", by: Participant | None = None
) -> None:
    """Take them off all pages; their authors read why."""
    with gesture(poll, Gesture.HIDE, by):
        for concern in concerns_of(poll, concern_ids):
            if not concern.is_hidden or concern.is_waiting:
                concern.hide(True)
                concern.hidden_reason = checked_reason(reason)
                tell_shown(concern)


def show(poll: FlashPoll, concern_ids: Sequence[int], by: Participant | None = None) -> None:
    """Bring them back to where they were; what waits is published, by whoever has read it."""
    with gesture(poll, Gesture.SHOW, by):
        for concern in concerns_of(poll, concern_ids):
            if concern.is_hidden and not concern.is_waiting:
                bring_back(concern)


def bring_back(concern: Concern) -> None:
    """Let everybody see it again, or for the first time."""
    is_new = concern.is_unseen
    concern.hide(False)
    tell_shown(concern)
    if is_new:
        announce(ConcernWritten(concern.poll_id, concern.id), concern.poll.event.channel)


def tell_shown(concern: Concern) -> None:
    """Say that a concern can be seen no longer, or again."""
    event = concern.poll.event
    follow_on_screen(event, "concern", concern)
    announce(CardHidden(event.id, "concern", concern.id), event.channel)


def checked_reason(reason: str) -> str:
    """A reason on one line, and not too long."""
    return " ".join(reason.split())[:LONGEST_REASON]
