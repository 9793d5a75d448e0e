"""Putting concerns where they belong: what all gestures are made of."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.database import dialect_insert
from app.errors import Invalid
from app.events.cards import follow_on_screen
from app.extensions import db
from app.livepolls.board.models import Separation
from app.livepolls.facts import AspectEmptied
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.outbox import announce

LONGEST_TITLE = 120  # characters


def concerns_of(poll: FlashPoll, ids: Iterable[int]) -> Sequence[Concern]:
    """Those of the concerns that are this poll's, as they are now."""
    return db.session.scalars(
        select(Concern)
        .where(Concern.poll_id == poll.id, Concern.id.in_(list(ids)))
        .order_by(Concern.id)
        .execution_options(populate_existing=True)
    ).all()


def require_sortable(poll: FlashPoll, concerns: Iterable[Concern]) -> None:
    """Once the aspects are chosen, only what came late is still sorted."""
    if not all(concern.is_late(poll) for concern in concerns):
        poll.require_unfrozen()


def new_aspect(poll: FlashPoll, title: str) -> Aspect:
    """An aspect that is still to get its concerns."""
    poll.require_unfrozen()
    aspect = Aspect(poll_id=poll.id, poll=poll, title=checked_title(title))
    db.session.add(aspect)
    db.session.flush()
    return aspect


def checked_title(title: str) -> str:
    """A title of an aspect, shortened at a word if it is long; raises `Invalid`."""
    tidy = " ".join(title.split())
    if not tidy:
        raise Invalid(_l("Please name the aspect."))
    if len(tidy) <= LONGEST_TITLE:
        return tidy
    return tidy[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"


def put(concerns: Sequence[Concern], aspect: Aspect | None) -> None:
    """Put concerns into an aspect, or none; what they are taken out of is kept in mind."""
    target = aspect.id if aspect else None
    left = [(c.id, c.aspect_id) for c in concerns if c.aspect_id not in (None, target)]
    separate([(id, at) for id, at in left if at is not None])
    if target is not None:
        unite([concern.id for concern in concerns], target)
    for concern in concerns:
        concern.aspect_id = target
        concern.off_topic_at, concern.off_topic_reason = None, ""
    db.session.flush()


def separate(pairs: Sequence[tuple[int, int]]) -> None:
    """Remember for each concern that it does not belong into an aspect."""
    if pairs:
        rows = [{"concern_id": id, "aspect_id": at} for id, at in pairs]
        db.session.execute(dialect_insert(Separation).values(rows).on_conflict_do_nothing())


def unite(concern_ids: Sequence[int], aspect_id: int) -> None:
    """These concerns belong into the aspect after all."""
    db.session.execute(
        delete(Separation).where(
            Separation.concern_id.in_(concern_ids), Separation.aspect_id == aspect_id
        )
    )


def drop_empty(poll: FlashPoll) -> None:
    """An aspect without concerns means nothing."""
    db.session.flush()
    concerns = select(Concern.id).where(Concern.aspect_id == Aspect.id)
    empty = db.session.scalars(
        select(Aspect).where(Aspect.poll_id == poll.id, ~concerns.exists())
    ).all()
    for aspect in empty:
        announce(AspectEmptied(aspect.id))
        follow_on_screen(poll.event, "aspect", aspect, gone=True)
    db.session.execute(delete(Aspect).where(Aspect.id.in_([aspect.id for aspect in empty])))
    db.session.expire(poll, ["aspects"])
