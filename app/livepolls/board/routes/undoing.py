"""Undoing and doing again: one's own last gesture, or any in the log."""

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.database import found, locked, transaction
from app.errors import Conflict
from app.livepolls.board import actions, log
from app.livepolls.board.conflicts import asking
from app.livepolls.board.models import BoardAction
from app.livepolls.board.routes.holding import moderated, sorted_on
from app.livepolls.routes import bp


@bp.post("/polls/<int:poll_id>/undoing")
@asking
def undo_last(poll_id: int) -> Response:
    """Undo one's own last gesture."""
    with transaction():
        poll, person = moderated(poll_id)
        action = log.to_undo(poll, person)
        if action is None:
            raise Conflict(_l("There is nothing of yours to undo."))
        actions.undo(action, person)
    return sorted_on(poll)


@bp.delete("/polls/<int:poll_id>/undoing")
@asking
def redo_last(poll_id: int) -> Response:
    """Do again what was undone of one's own."""
    with transaction():
        poll, person = moderated(poll_id)
        action = log.to_redo(poll, person)
        if action is None:
            raise Conflict(_l("There is nothing of yours to do again."))
        actions.redo(action)
    return sorted_on(poll)


@bp.post("/board-actions/<int:action_id>/undoing")
@asking
def undo(action_id: int) -> Response:
    """Undo a gesture; with `rest`, only what nobody has changed since."""
    with transaction():
        poll, person = moderated(found(BoardAction, action_id).poll_id)
        action = locked(BoardAction, action_id)
        actions.undo(action, person, rest_only=_rest_only())
    return sorted_on(poll)


@bp.delete("/board-actions/<int:action_id>/undoing")
@asking
def redo(action_id: int) -> Response:
    """Do a gesture again."""
    with transaction():
        poll, _person = moderated(found(BoardAction, action_id).poll_id)
        action = locked(BoardAction, action_id)
        actions.redo(action, rest_only=_rest_only())
    return sorted_on(poll)


def _rest_only() -> bool:
    return request.form.get("rest") == "1"
