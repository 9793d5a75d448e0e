"""Gathering concerns into aspects: suggestions, and the moderators' own hands."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select, update

from app.errors import Invalid
from app.events.cards import follow_on_screen
from app.events.facts import CockpitChanged
from app.extensions import db
from app.livepolls.actions.polls import announce_step
from app.livepolls.facts import (
    AspectEmptied,
    AspectsMerged,
)
from app.livepolls.models import (
    Aspect,
    Concern,
    FlashPoll,
    Suggestion,
)
from app.livepolls.queries import board
from app.outbox import announce


def want_suggestions(poll: FlashPoll) -> None:
    """Ask for new suggestions, which come in the background."""
    poll.suggestions_wanted = True


def replace_suggestions(poll: FlashPoll, suggestions: Sequence[Suggestion]) -> None:
    """Put new suggestions beside the board in place of the old ones."""
    db.session.execute(delete(Suggestion).where(Suggestion.poll_id == poll.id))
    db.session.add_all(suggestions)
    poll.suggestions_wanted = False
    _announce_board(poll)


def dismiss_suggestion(suggestion: Suggestion) -> None:
    """Take a suggestion away; nothing else changes."""
    db.session.delete(suggestion)
    _announce_board(suggestion.poll)


def accept_suggestion(suggestion: Suggestion) -> None:
    """Make an aspect of what is still unsorted of a suggestion, or add it to its aspect."""
    poll = suggestion.poll
    poll.require_unfrozen()
    aspect = db.session.get(Aspect, suggestion.aspect_id) if suggestion.aspect_id else None
    if aspect is None:
        aspect = _new_aspect(poll, suggestion.title)
    db.session.execute(
        update(Concern)
        .where(
            Concern.id.in_(suggestion.concern_ids),
            Concern.aspect_id.is_(None),
            Concern.hidden_at.is_(None),
            Concern.withdrawn_at.is_(None),
        )
        .values(aspect_id=aspect.id)
    )
    db.session.delete(suggestion)
    _announce_board(poll)


def accept_all(poll: FlashPoll) -> None:
    """Accept every suggestion that is beside the board."""
    for card in board(poll).suggestions:
        accept_suggestion(card.suggestion)


def create_aspect(poll: FlashPoll, title: str, concern_ids: Sequence[int]) -> Aspect:
    """A new aspect of these concerns, taken from wherever they were: also the way to split."""
    poll.require_unfrozen()
    concerns = _concerns_of(poll, concern_ids)
    if not concerns:
        raise Invalid
    aspect = _new_aspect(poll, title or concerns[0].text)
    for concern in concerns:
        concern.aspect_id = aspect.id
    _drop_empty(poll)
    _announce_board(poll)
    return aspect


def _new_aspect(poll: FlashPoll, title: str) -> Aspect:
    aspect = Aspect(poll_id=poll.id, poll=poll, title=checked_title(title))
    db.session.add(aspect)
    db.session.flush()
    return aspect


def checked_title(title: str) -> str:
    """A title of an aspect, shortened at a word if it is long; raises `Invalid`."""
    tidy = " ".join(title.split())
    if not tidy:
        raise Invalid(_l("Please name the aspect."))
    return tidy if len(tidy) <= 120 else tidy[:119].rsplit(" ", 1)[0] + "…"


def move_concern(poll: FlashPoll, concern_id: int, aspect: Aspect | None) -> None:
    """Put a concern into an aspect, or into none."""
    poll.require_unfrozen()
    for concern in _concerns_of(poll, [concern_id]):
        concern.aspect_id = aspect.id if aspect else None
    _drop_empty(poll)
    _announce_board(poll)


def rename_aspect(aspect: Aspect, title: str) -> None:
    """Give an aspect another title."""
    aspect.title = checked_title(title)
    _announce_board(aspect.poll)
    follow_on_screen(aspect.poll.event, "aspect", aspect)
    if aspect.poll.is_frozen:
        announce_step(aspect.poll)


def merge_aspects(kept: Aspect, other: Aspect) -> None:
    """Put all concerns of another aspect into this one."""
    kept.poll.require_unfrozen()
    if kept.poll_id != other.poll_id or kept.id == other.id:
        raise Invalid
    db.session.execute(
        update(Concern).where(Concern.aspect_id == other.id).values(aspect_id=kept.id)
    )
    announce(AspectsMerged(kept.id, other.id))
    _drop_empty(kept.poll)
    _announce_board(kept.poll)


def dissolve_aspect(aspect: Aspect) -> None:
    """Set the concerns of an aspect free."""
    aspect.poll.require_unfrozen()
    db.session.execute(update(Concern).where(Concern.aspect_id == aspect.id).values(aspect_id=None))
    _drop_empty(aspect.poll)
    _announce_board(aspect.poll)


def _drop_empty(poll: FlashPoll) -> None:
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


def _concerns_of(poll: FlashPoll, ids: Sequence[int]) -> Sequence[Concern]:
    return db.session.scalars(
        select(Concern)
        .where(Concern.poll_id == poll.id, Concern.id.in_(ids))
        .order_by(Concern.id)
        .execution_options(populate_existing=True)
    ).all()


def _announce_board(poll: FlashPoll) -> None:
    db.session.flush()
    db.session.expire(poll, ["aspects"])
    announce(CockpitChanged(poll.event_id), poll.event.channel)
