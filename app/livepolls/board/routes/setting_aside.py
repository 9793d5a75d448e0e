"""Setting concerns aside with a reason, and taking them up again."""

from flask import request
from werkzeug.wrappers import Response

from app.database import transaction
from app.livepolls.board import actions
from app.livepolls.board.actions.placing import concerns_of
from app.livepolls.board.conflicts import asking
from app.livepolls.board.routes.holding import moderated, picked, picked_in, sorted_on
from app.livepolls.board.routes.publishing import read_once_more
from app.livepolls.routes import bp


@bp.post("/polls/<int:poll_id>/off-topic")
@asking
def set_off_topic(poll_id: int) -> Response:
    """Say of concerns that they don't answer the question."""
    with transaction():
        poll, person = moderated(poll_id)
        actions.set_off_topic(poll, picked_in(poll), request.form.get("reason", ""), person)
    return sorted_on(poll)


@bp.delete("/polls/<int:poll_id>/off-topic")
def take_up(poll_id: int) -> Response:
    """Put them back to those that are to be sorted."""
    with transaction():
        poll, person = moderated(poll_id)
        actions.take_up(poll, list(picked()), person)
    return sorted_on(poll)


@bp.post("/polls/<int:poll_id>/hidden")
def hide(poll_id: int) -> Response:
    """Take concerns off all pages."""
    with transaction():
        poll, person = moderated(poll_id)
        actions.hide(poll, list(picked()), request.form.get("reason", ""), person)
    return sorted_on(poll)


@bp.delete("/polls/<int:poll_id>/hidden")
def show(poll_id: int) -> Response:
    """Bring them back, except for what waits to be read: that was said differently meanwhile."""
    with transaction():
        poll, person = moderated(poll_id)
        concerns = concerns_of(poll, picked())
        actions.show(poll, [each.id for each in concerns], person)
    return sorted_on(poll, *read_once_more(any(each.is_waiting for each in concerns)))
