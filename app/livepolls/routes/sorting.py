"""The moderators' work: open and close a poll, gather concerns into aspects, choose."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.database import found, locked, transaction
from app.errors import Invalid, NotFound
from app.events.identity import participant_in
from app.livepolls import actions
from app.livepolls.models import Aspect, Concern, FlashPoll, Suggestion
from app.livepolls.routes import bp
from app.permissions import require
from app.responses import done


def _moderated(poll_id: int) -> FlashPoll:
    """The poll, held, if the present person leads its event."""
    poll = locked(FlashPoll, poll_id)
    require(participant_in(poll.event), "livepolls.moderate", poll)
    return poll


def _moderated_aspect(aspect_id: int) -> Aspect:
    _moderated(found(Aspect, aspect_id).poll_id)
    return locked(Aspect, aspect_id)  # somebody else may have dissolved it in the meantime


def _moderated_suggestion(suggestion_id: int) -> Suggestion:
    _moderated(found(Suggestion, suggestion_id).poll_id)
    return locked(Suggestion, suggestion_id)


def _done(poll: FlashPoll) -> Response:
    return done(url_for("events.cockpit", code=poll.event.code))


@bp.post("/polls/<int:poll_id>/closure")
def close(poll_id: int) -> Response:
    """Take no more concerns."""
    with transaction():
        poll = _moderated(poll_id)
        actions.close_poll(poll)
    return _done(poll)


@bp.delete("/polls/<int:poll_id>/closure")
def reopen(poll_id: int) -> Response:
    """Take concerns again."""
    with transaction():
        poll = _moderated(poll_id)
        actions.open_poll(poll)
    return _done(poll)


@bp.post("/polls/<int:poll_id>/suggestions")
def suggest(poll_id: int) -> Response:
    """Ask for new suggestions."""
    with transaction():
        poll = _moderated(poll_id)
        actions.want_suggestions(poll)
    return _done(poll)


@bp.post("/polls/<int:poll_id>/suggestions/acceptance")
def accept_all(poll_id: int) -> Response:
    """Accept all suggestions."""
    with transaction():
        poll = _moderated(poll_id)
        actions.accept_all(poll)
    return _done(poll)


@bp.post("/suggestions/<int:suggestion_id>/acceptance")
def accept(suggestion_id: int) -> Response:
    """Accept one suggestion."""
    with transaction():
        suggestion = _moderated_suggestion(suggestion_id)
        actions.accept_suggestion(suggestion)
    return _done(suggestion.poll)


@bp.delete("/suggestions/<int:suggestion_id>")
def dismiss(suggestion_id: int) -> Response:
    """Take one suggestion away."""
    with transaction():
        suggestion = _moderated_suggestion(suggestion_id)
        actions.dismiss_suggestion(suggestion)
    return _done(suggestion.poll)


@bp.post("/polls/<int:poll_id>/aspects")
def create_aspect(poll_id: int) -> Response:
    """A new aspect of the marked concerns."""
    with transaction():
        poll = _moderated(poll_id)
        ids = _numbers("concern")
        if not ids:
            raise Invalid
        actions.create_aspect(poll, request.form.get("title", ""), ids)
    return _done(poll)


@bp.post("/polls/<int:poll_id>/loose")
def set_free(poll_id: int) -> Response:
    """Put a concern into no aspect."""
    with transaction():
        poll = _moderated(poll_id)
        for id in _numbers("concern"):
            actions.move_concern(poll, id, None)
    return _done(poll)


@bp.post("/aspects/<int:aspect_id>/concerns")
def move(aspect_id: int) -> Response:
    """Put a concern into an aspect."""
    with transaction():
        aspect = _moderated_aspect(aspect_id)
        for id in _numbers("concern"):
            actions.move_concern(aspect.poll, id, aspect)
    return _done(aspect.poll)


@bp.get("/concerns/<int:concern_id>/place")
def place_form(concern_id: int) -> str:
    """The list of aspects to choose from, for those who don't drag."""
    concern = found(Concern, concern_id)
    require(participant_in(concern.poll.event), "livepolls.moderate", concern)
    return render_template("livepolls/place.html", concern=concern, poll=concern.poll)


@bp.post("/concerns/<int:concern_id>/place")
def place(concern_id: int) -> Response:
    """Put a concern into the aspect that was chosen from a list: `aspect` is an id, new or none."""
    with transaction():
        concern = found(Concern, concern_id)
        poll = _moderated(concern.poll_id)
        wanted = request.form.get("aspect", "")
        if wanted == "new":
            actions.create_aspect(poll, "", [concern_id])
        else:
            actions.move_concern(poll, concern_id, _aspect_of(poll, wanted))
    return redirect(url_for("events.cockpit", code=poll.event.code), 303)


def _aspect_of(poll: FlashPoll, id: str) -> Aspect | None:
    if not is_number(id):
        return None
    aspect = found(Aspect, int(id))
    if aspect.poll_id != poll.id:
        raise NotFound
    return aspect


@bp.post("/aspects/<int:aspect_id>/title")
def rename(aspect_id: int) -> Response:
    """Give an aspect another title."""
    with transaction():
        aspect = _moderated_aspect(aspect_id)
        title = request.form.get(f"title-{aspect_id}", request.form.get("title", ""))
        actions.rename_aspect(aspect, title)
    return _done(aspect.poll)


@bp.post("/aspects/<int:aspect_id>/merger")
def merge(aspect_id: int) -> Response:
    """Put all of one aspect into another."""
    with transaction():
        other = _moderated_aspect(aspect_id)
        kept = _aspect_of(other.poll, request.form.get(f"into-{aspect_id}", ""))
        if kept is None:
            raise Invalid
        actions.merge_aspects(kept, other)
    return _done(kept.poll)


@bp.delete("/aspects/<int:aspect_id>")
def dissolve(aspect_id: int) -> Response:
    """Set the concerns of an aspect free."""
    with transaction():
        aspect = _moderated_aspect(aspect_id)
        poll = aspect.poll
        actions.dissolve_aspect(aspect)
    return _done(poll)


@bp.post("/polls/<int:poll_id>/choice")
def choose(poll_id: int) -> Response:
    """Freeze the aspects that are marked."""
    with transaction():
        poll = _moderated(poll_id)
        actions.choose_aspects(poll, _numbers("aspect"))
    return _done(poll)


@bp.delete("/polls/<int:poll_id>/choice")
def unchoose(poll_id: int) -> Response:
    """Go on sorting."""
    with transaction():
        poll = _moderated(poll_id)
        actions.unfreeze(poll)
    return _done(poll)


def _numbers(name: str) -> list[int]:
    return [int(value) for value in request.form.getlist(name) if is_number(value)]
