"""Every gesture leaves a line in the log, and tells pages what it has changed and no more."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from app.events.facts import NextStepChanged, StepChanged
from app.events.models import Participant
from app.extensions import db
from app.livepolls.board.facts import BoardChanged
from app.livepolls.board.models import BoardAction, Gesture
from app.livepolls.board.states import Changes, State, aspects_in, difference, snapshot
from app.livepolls.facts import OwnConcernsChanged
from app.livepolls.models import Concern, FlashPoll
from app.outbox import announce


@contextmanager
def gesture(poll: FlashPoll, kind: Gesture, by: Participant | None = None) -> Iterator[None]:
    """What is done to the board inside is one line in its log; inside another it is part of that.

    The poll's row is held, so that nobody else sorts meanwhile.
    """
    if db.session.info.get("gesture"):
        yield
        return
    db.session.info["gesture"] = True
    try:
        with changing(poll) as changes:
            yield
    finally:
        db.session.info.pop("gesture")
    if changes:
        by_id = by.id if by else None
        db.session.add(
            BoardAction(poll_id=poll.id, participant_id=by_id, kind=kind, changes=changes)
        )


@contextmanager
def changing(poll: FlashPoll) -> Iterator[Changes]:
    """Tell pages what is done to the board inside; it stands in what was given afterwards."""
    changes: Changes = {}
    before = snapshot(poll)
    yield changes
    after = snapshot(poll)
    db.session.expire(poll, ["aspects"])
    changes.update(difference(before, after))
    if changes:
        _tell(poll, changes, after)


def _tell(poll: FlashPoll, changes: Changes, after: State) -> None:
    if "frozen" in changes or (poll.is_frozen and "aspects" in changes):
        announce_step(poll)
        return
    aspects = changes.get("aspects", {})
    announce(
        BoardChanged(
            poll.id,
            concerns=[int(id) for id in changes.get("concerns", {})],
            made=[int(id) for id, (was, _is) in aspects.items() if was is None],
            gone=[int(id) for id, (_was, is_) in aspects.items() if is_ is None],
            suggestions=_suggestions_with(changes, after),
            touched=aspects_in(changes),
            hall_too=poll.is_frozen,
        ),
        poll.event.channel,
    )
    announce(NextStepChanged(poll.event_id), poll.event.channel)
    if poll.is_frozen:
        _tell_authors(poll, [int(id) for id in changes.get("concerns", {})])


def _tell_authors(poll: FlashPoll, concern_ids: list[int]) -> None:
    """Whoever was late sees where their concern went, as the others did when all was chosen."""
    authors = select(Concern.participant_id).where(
        Concern.id.in_(concern_ids), Concern.participant_id.is_not(None)
    )
    for author in db.session.scalars(authors.distinct()).all():
        if author is not None:
            announce(OwnConcernsChanged(poll.id, author), Participant.channel_of(author))


def _suggestions_with(changes: Changes, after: State) -> list[int]:
    """The suggestions that have changed, or hold what has been moved."""
    moved = {int(id) for id in changes.get("concerns", {})}
    holding = [id for id, each in after.suggestions.items() if moved & set(each["concerns"])]
    return [int(id) for id in {**changes.get("suggestions", {}), **dict.fromkeys(holding)}]


def announce_step(poll: FlashPoll) -> None:
    """Say that what the poll shows has changed as a whole."""
    announce(StepChanged(poll.event_id, poll.item_id), poll.event.channel)
