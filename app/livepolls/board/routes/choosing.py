"""Choosing the aspects that become topics."""

from flask import request
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.database import transaction
from app.livepolls.board import actions
from app.livepolls.board.routes.holding import moderated, sorted_on
from app.livepolls.routes import bp


@bp.post("/polls/<int:poll_id>/choice")
def choose(poll_id: int) -> Response:
    """Freeze the aspects that are marked."""
    with transaction():
        poll, person = moderated(poll_id)
        marked = [int(id) for id in request.form.getlist("aspect") if is_number(id)]
        actions.choose_aspects(poll, marked, person)
    return sorted_on(poll)


@bp.delete("/polls/<int:poll_id>/choice")
def unchoose(poll_id: int) -> Response:
    """Go on sorting."""
    with transaction():
        poll, person = moderated(poll_id)
        actions.unfreeze(poll, person)
    return sorted_on(poll)
