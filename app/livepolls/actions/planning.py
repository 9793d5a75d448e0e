"""What is asked, and how: planned in the agenda, and changed also while the poll runs.

What was said before stays under the promise it was said under: an anonymous concern gets no name,
and what waits for the moderators goes on waiting until one of them has read it.
"""

from dataclasses import asdict
from typing import Any

from app.database import locked
from app.events.facts import AgendaChanged, StepChanged
from app.events.models import AgendaItem
from app.extensions import db
from app.livepolls.facts import PollTimed, PollTurned
from app.livepolls.models import FlashPoll
from app.livepolls.plans import LONGEST_QUESTION, Plan, plan_of
from app.livepolls.queries import poll_of
from app.outbox import announce
from app.submissions import checked


def plan_poll(item: AgendaItem) -> FlashPoll:
    """The poll of an agenda item, made or brought up to date with it."""
    known = poll_of(item)
    plan = plan_of(item)
    if known is None:
        poll = FlashPoll(event_id=item.event_id, item_id=item.id, **asdict(plan))
        db.session.add(poll)
    else:
        poll = locked(FlashPoll, known.id)
        _take(poll, plan)
    db.session.flush()
    return poll


def change_poll(poll: FlashPoll, question: str, settings: dict[str, Any]) -> None:
    """Change what is asked where it stands, and the agenda with it; both are held."""
    item, question = poll.item, checked(question, LONGEST_QUESTION)
    item.ask(question, settings)
    if poll.question != question:
        announce(AgendaChanged(poll.event_id), poll.event.channel)
    plan_poll(item)


def _take(poll: FlashPoll, plan: Plan) -> None:
    """Go by the plan from now on; whoever looks at the poll is told what that changes."""
    wanted = asdict(plan)
    changed = {name for name, value in wanted.items() if getattr(poll, name) != value}
    for name in changed:
        setattr(poll, name, wanted[name])
    if poll.is_open and "seconds" in changed:
        poll.start_countdown()
        announce(PollTimed(poll.id), poll.event.channel)
    if changed:
        _tell(poll, hall_too=bool(changed & {"question", "hides_until_closed", "is_named"}))


def _tell(poll: FlashPoll, *, hall_too: bool) -> None:
    """Where the hall's concerns look as before, it gets no more than the field beside them."""
    if not hall_too:
        announce(PollTurned(poll.id), poll.event.channel)
    announce(StepChanged(poll.event_id, poll.item_id, hall_too), poll.event.channel)
