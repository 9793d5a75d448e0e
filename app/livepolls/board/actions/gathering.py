"""Gathering concerns into aspects with one's own hands."""

from collections.abc import Sequence

from sqlalchemy import select, update

from app.errors import Invalid
from app.events.cards import follow_on_screen
from app.events.models import Participant
from app.extensions import db
from app.livepolls.board.actions.placing import (
    checked_title,
    concerns_of,
    drop_empty,
    new_aspect,
    put,
    require_sortable,
    separate,
    unite,
)
from app.livepolls.board.models import Gesture, Separation
from app.livepolls.board.recording import gesture
from app.livepolls.facts import AspectsMerged
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.outbox import announce


def create_aspect(
    poll: FlashPoll, title: str, concern_ids: Sequence[int], by: Participant | None = None
) -> Aspect:
    """A new aspect of these concerns, taken from wherever they were: also the way to split."""
    poll.require_unfrozen()
    concerns = concerns_of(poll, concern_ids)
    if not concerns:
        raise Invalid
    with gesture(poll, Gesture.GATHER, by):
        aspect = new_aspect(poll, title or concerns[0].text)
        put(concerns, aspect)
        drop_empty(poll)
    return aspect


def move_concerns(
    poll: FlashPoll,
    concern_ids: Sequence[int],
    aspect: Aspect | None,
    by: Participant | None = None,
) -> None:
    """Put concerns into an aspect, or into none."""
    concerns = concerns_of(poll, concern_ids)
    require_sortable(poll, concerns)
    with gesture(poll, Gesture.MOVE if aspect else Gesture.FREE, by):
        put(concerns, aspect)
        drop_empty(poll)


def rename_aspect(aspect: Aspect, title: str, by: Participant | None = None) -> None:
    """Give an aspect another title."""
    with gesture(aspect.poll, Gesture.RENAME, by):
        aspect.title = checked_title(title)
    follow_on_screen(aspect.poll.event, "aspect", aspect)


def merge_aspects(kept: Aspect, other: Aspect, by: Participant | None = None) -> None:
    """Put all concerns of another aspect into this one."""
    kept.poll.require_unfrozen()
    if kept.poll_id != other.poll_id or kept.id == other.id:
        raise Invalid
    with gesture(kept.poll, Gesture.MERGE, by):
        members = _members(other)
        _keep_apart_from(kept, other)
        _set_aspect(other, kept.id)
        unite(members, kept.id)
        announce(AspectsMerged(kept.id, other.id))
        drop_empty(kept.poll)


def _members(aspect: Aspect) -> Sequence[int]:
    return db.session.scalars(select(Concern.id).where(Concern.aspect_id == aspect.id)).all()


def _keep_apart_from(kept: Aspect, other: Aspect) -> None:
    """What was taken out of the one does not belong into both together either."""
    apart = select(Separation.concern_id).join(Concern, Concern.id == Separation.concern_id)
    ids = db.session.scalars(
        apart.where(Separation.aspect_id == other.id, Concern.aspect_id.is_distinct_from(kept.id))
    )
    separate([(id, kept.id) for id in ids])


def dissolve_aspect(aspect: Aspect, by: Participant | None = None) -> None:
    """Set the concerns of an aspect free."""
    aspect.poll.require_unfrozen()
    with gesture(aspect.poll, Gesture.DISSOLVE, by):
        _set_aspect(aspect, None)
        drop_empty(aspect.poll)


def _set_aspect(aspect: Aspect, target: int | None) -> None:
    db.session.execute(
        update(Concern).where(Concern.aspect_id == aspect.id).values(aspect_id=target)
    )
