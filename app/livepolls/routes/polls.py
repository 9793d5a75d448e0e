"""Opening and closing a poll."""

from werkzeug.wrappers import Response

from app.database import transaction
from app.livepolls import actions
from app.livepolls.board.routes.holding import moderated, sorted_on
from app.livepolls.routes import bp


@bp.post("/polls/<int:poll_id>/closure")
def close(poll_id: int) -> Response:
    """Take no more concerns."""
    with transaction():
        poll, _person = moderated(poll_id)
        actions.close_poll(poll)
    return sorted_on(poll)


@bp.delete("/polls/<int:poll_id>/closure")
def reopen(poll_id: int) -> Response:
    """Take concerns again."""
    with transaction():
        poll, _person = moderated(poll_id)
        actions.open_poll(poll)
    return sorted_on(poll)
