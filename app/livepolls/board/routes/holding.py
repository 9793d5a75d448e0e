"""What a gesture comes with: the poll, held, who does it, and what they saw when they did."""

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.database import found, locked
from app.errors import Invalid, NeedsSignIn, NotFound
from app.events.identity import participant_in
from app.events.models import AgendaItem, Participant
from app.extensions import db
from app.livepolls.board.actions.placing import concerns_of
from app.livepolls.board.conflicts import MovedSince, is_on_a_page_of_its_own
from app.livepolls.board.models import Suggestion
from app.livepolls.models import Aspect, FlashPoll
from app.permissions import require
from app.realtime import Stream
from app.responses import done

GONE = _l("This is no longer there: somebody else has sorted it meanwhile.")


def moderated(poll_id: int, *, with_step: bool = False) -> tuple[FlashPoll, Participant]:
    """The poll, held, and the present person, who leads its event.

    Whoever submits waits behind who holds it, so nobody else may so much as stand in that line.
    """
    known = found(FlashPoll, poll_id)
    person = participant_in(known.event)
    require(person, "livepolls.moderate", known)
    if person is None:
        raise NeedsSignIn
    if with_step:
        locked(AgendaItem, known.item_id)  # before its poll, as for who goes on to the next step
    return locked(FlashPoll, poll_id), person


def moderated_aspect(aspect_id: int) -> tuple[Aspect, Participant]:
    """The aspect, held with its poll; somebody else may have dissolved it in the meantime."""
    try:
        _poll, person = moderated(found(Aspect, aspect_id).poll_id)
        return locked(Aspect, aspect_id), person
    except NotFound:
        raise NotFound(GONE) from None


def moderated_suggestion(suggestion_id: int) -> tuple[Suggestion, Participant]:
    """The suggestion, held with its poll; somebody else may have accepted it in the meantime."""
    try:
        _poll, person = moderated(found(Suggestion, suggestion_id).poll_id)
        return locked(Suggestion, suggestion_id), person
    except NotFound:
        raise NotFound(GONE) from None


def picked(name: str = "concern") -> dict[int, str | None]:
    """The concerns that a form names, each with the aspect in which it was seen, if it says so.

    `12:5` is concern 12 in aspect 5, `12:` was in none. Raises `Invalid` if there are none. Where
    what a concern says is what counts, it comes with its edition instead.
    """
    seen: dict[int, str | None] = {}
    for value in request.form.getlist(name):
        id, says, at = value.partition(":")
        if is_number(id):
            seen[int(id)] = at if says else None
    if not seen:
        raise Invalid(_l("Please mark at least one concern."))
    return seen


def picked_in(poll: FlashPoll) -> list[int]:
    """The concerns that a form names; raises `MovedSince` if somebody has put them elsewhere."""
    seen = picked()
    moved = [
        concern.id
        for concern in concerns_of(poll, seen)
        if seen[concern.id] not in (None, str(concern.aspect_id or ""))
    ]
    if moved:
        raise MovedSince(poll, list(seen), moved)
    return list(seen)


def aspect_of(poll: FlashPoll, id: str) -> Aspect | None:
    """The aspect of this poll that a form names, or none."""
    if not is_number(id):
        return None
    aspect = db.session.get(Aspect, int(id))
    if aspect is None or aspect.poll_id != poll.id:
        raise NotFound(GONE)
    return aspect


def sorted_on(poll: FlashPoll, *parts: Markup) -> Response:
    """It is done; a question about a conflict that was open is settled by it."""
    board_url = url_for("events.cockpit", code=poll.event.code)
    if is_on_a_page_of_its_own():
        return redirect(board_url, 303)
    settled = Stream("update", f"board-conflict-{poll.id}").markup()
    return done(board_url, settled, *parts)
