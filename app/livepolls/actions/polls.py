"""A poll's life: opened, timed, closed."""

from collections.abc import Callable

from app.events.facts import StepChanged
from app.events.timing import Timing
from app.livepolls.facts import PollTimed, PollTurned
from app.livepolls.models import FlashPoll
from app.outbox import announce


def open_poll(poll: FlashPoll) -> None:
    """Take concerns, for the first time or again."""
    if not poll.is_open:
        _turn(poll, poll.open)


def close_poll(poll: FlashPoll) -> None:
    """Take no more concerns."""
    if poll.is_open:
        _turn(poll, poll.close)


_timing = Timing(PollTimed, close_poll)
add_time, stop_countdown, keep_time = _timing.add, _timing.stop, _timing.keep


def _turn(poll: FlashPoll, do: Callable[[], None]) -> None:
    """Where the hall sees the same before and after, its concerns need not come to it again.

    A later round is compared with those before it as soon as it is closed.
    """
    before, deadline = poll.shows_new_concerns, poll.closes_at
    do()
    hall_too = poll.shows_new_concerns != before or poll.round > 1
    if not hall_too:
        announce(PollTurned(poll.id), poll.event.channel)
    if poll.closes_at != deadline:
        announce(PollTimed(poll.id), poll.event.channel)
    announce(StepChanged(poll.event_id, poll.item_id, hall_too), poll.event.channel)
