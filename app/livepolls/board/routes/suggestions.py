"""Suggested groups: asked for, accepted as a whole or in part, dismissed."""

from flask import request
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.database import transaction
from app.livepolls.board import actions
from app.livepolls.board.routes.holding import moderated, moderated_suggestion, sorted_on
from app.livepolls.routes import bp


@bp.post("/polls/<int:poll_id>/suggestions")
def suggest(poll_id: int) -> Response:
    """Ask for new suggestions."""
    with transaction():
        poll, _person = moderated(poll_id)
        actions.want_suggestions(poll)
    return sorted_on(poll)


@bp.post("/polls/<int:poll_id>/suggestions/acceptance")
def accept_all(poll_id: int) -> Response:
    """Accept all suggestions."""
    with transaction():
        poll, person = moderated(poll_id)
        actions.accept_all(poll, person)
    return sorted_on(poll)


@bp.post("/suggestions/<int:suggestion_id>/acceptance")
def accept(suggestion_id: int) -> Response:
    """Accept one suggestion, without those of its concerns that were shown but not kept."""
    with transaction():
        suggestion, person = moderated_suggestion(suggestion_id)
        shown = _numbers(f"shown-{suggestion_id}")
        without = shown - _numbers(f"member-{suggestion_id}")
        actions.accept_suggestion(suggestion, without, person)
    return sorted_on(suggestion.poll)


def _numbers(name: str) -> set[int]:
    return {int(value) for value in request.form.getlist(name) if is_number(value)}


@bp.delete("/suggestions/<int:suggestion_id>")
def dismiss(suggestion_id: int) -> Response:
    """Take one suggestion away."""
    with transaction():
        suggestion, person = moderated_suggestion(suggestion_id)
        poll = suggestion.poll
        actions.dismiss_suggestion(suggestion, person)
    return sorted_on(poll)
