"""Suggested groups: asked for, accepted as a whole or in part, dismissed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.database import now
from app.errors import Conflict
from app.events.facts import NextStepChanged
from app.events.models import Participant
from app.extensions import db
from app.livepolls.board.actions.placing import (
    concerns_of,
    new_aspect,
    put,
    require_sortable,
    separate,
)
from app.livepolls.board.facts import SuggestionsMade
from app.livepolls.board.models import Gesture, Suggestion
from app.livepolls.board.recording import gesture
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.outbox import announce


def want_suggestions(poll: FlashPoll) -> None:
    """Ask for new suggestions, which come in the background."""
    poll.suggestions_wanted = True


def replace_suggestions(
    poll: FlashPoll, suggestions: Sequence[Suggestion], of: datetime | None = None
) -> None:
    """Put new suggestions, of what had come by a moment, beside the board in place of the old."""
    db.session.execute(delete(Suggestion).where(Suggestion.poll_id == poll.id))
    db.session.add_all(suggestions)
    poll.suggestions_wanted, poll.suggested_at = False, of or now()
    db.session.flush()
    announce(SuggestionsMade(poll.id), poll.event.channel)
    announce(NextStepChanged(poll.event_id), poll.event.channel)


def dismiss_suggestion(suggestion: Suggestion, by: Participant | None = None) -> None:
    """Take a suggestion away: it does not come again, nor its concerns near the same aspect."""
    poll = suggestion.poll
    with gesture(poll, Gesture.DISMISS, by):
        if suggestion.aspect_id is not None:
            at = suggestion.aspect_id
            separate([(concern.id, at) for concern in _waiting(suggestion)])
        db.session.delete(suggestion)


def accept_suggestion(
    suggestion: Suggestion, without: Collection[int] = (), by: Participant | None = None
) -> None:
    """Make an aspect of what is still unsorted of a suggestion, or add it to its aspect.

    Whoever is left out is taken apart from it for good.
    """
    poll, waiting = suggestion.poll, _waiting(suggestion)
    require_sortable(poll, waiting)
    taken = [concern for concern in waiting if concern.id not in without]
    if not taken:
        raise Conflict(_l("Nothing of this suggestion is left to accept."))
    with gesture(poll, Gesture.ACCEPT, by):
        aspect = db.session.get(Aspect, suggestion.aspect_id) if suggestion.aspect_id else None
        aspect = aspect or new_aspect(poll, suggestion.title)
        put(taken, aspect)
        separate([(concern.id, aspect.id) for concern in waiting if concern not in taken])
        db.session.delete(suggestion)


def _waiting(suggestion: Suggestion) -> list[Concern]:
    """The members that nobody has sorted or set aside meanwhile."""
    members = concerns_of(suggestion.poll, suggestion.concern_ids)
    return [concern for concern in members if concern.is_unsorted]


def accept_all(poll: FlashPoll, by: Participant | None = None) -> None:
    """Accept every suggestion that is beside the board."""
    query = select(Suggestion).where(Suggestion.poll_id == poll.id).order_by(Suggestion.id)
    with gesture(poll, Gesture.ACCEPT_ALL, by):
        for suggestion in db.session.scalars(query).all():
            if len(_waiting(suggestion)) >= suggestion.fewest:
                accept_suggestion(suggestion)
