"""A poll asked once more: a step of its own, whose poll follows the one that was asked before."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.database import locked
from app.errors import Conflict
from app.events.facts import StepRepeated
from app.events.models import LONGEST_TITLE, AgendaItem
from app.events.repeating import require_comparable
from app.events.steps import AtOnce
from app.extensions import db
from app.livepolls.comparing import rounds_until
from app.livepolls.models import FlashPoll, PollState
from app.livepolls.queries import poll_of
from app.outbox import follows


def again(item: AgendaItem) -> AtOnce | AgendaItem:
    """The step that asks the same anew, which is there already when somebody presses twice."""
    poll = _held(item)
    if poll.following is not None:
        return poll.following.item
    if poll.state != PollState.CLOSED:
        raise Conflict(_l("Close the flash poll first."))
    require_comparable(poll.round)
    first = rounds_until(poll)[0].item
    ending = _(", round %(number)d", number=poll.round + 1)
    title = first.title[: LONGEST_TITLE - len(ending)] + ending
    return AtOnce(title, dict(item.settings), text=poll.question, minutes=item.minutes)


@follows(StepRepeated)
def link(fact: StepRepeated) -> None:
    """The new poll knows which round it is before it opens."""
    item = db.session.get_one(AgendaItem, fact.item_id)
    if item.kind == "poll":
        poll = _held(item)
        new = _held(db.session.get_one(AgendaItem, fact.new_item_id))
        poll.following, new.round = new, poll.round + 1
        db.session.flush()


def _held(item: AgendaItem) -> FlashPoll:
    poll = poll_of(item)
    assert poll is not None
    return locked(FlashPoll, poll.id)
