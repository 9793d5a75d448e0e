"""What moderators read before everybody does: who has to wait for them, and who need not."""

from collections.abc import Sequence

from app.events.models import Participant
from app.livepolls.board.actions.placing import concerns_of
from app.livepolls.board.actions.setting_aside import bring_back, tell_shown
from app.livepolls.board.models import Gesture
from app.livepolls.board.recording import gesture
from app.livepolls.models import Concern, FlashPoll


def is_read_first(poll: FlashPoll, author: Participant) -> bool:
    """Whether what this person says waits for the moderators; their own does not."""
    return poll.is_moderated_before and not author.is_moderator


def wait_again(concern: Concern) -> None:
    """What is about to be said differently is off all pages until that was read, too.

    So is what moderators have hidden: whoever shows it again is to have read what it says then.
    """
    if not concern.is_waiting:
        concern.wait()
        concern.hidden_reason = ""
        tell_shown(concern)


def publish(poll: FlashPoll, concern_ids: Sequence[int], by: Participant | None = None) -> None:
    """Let everybody see what has waited; what was published or hidden meanwhile stays so."""
    with gesture(poll, Gesture.PUBLISH, by):
        for concern in concerns_of(poll, concern_ids):
            if concern.is_waiting:
                bring_back(concern)
                poll.suggestions_wanted |= poll.is_frozen  # it came late, and belongs somewhere
