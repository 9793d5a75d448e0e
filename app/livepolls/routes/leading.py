"""What moderators set: the question and how it is asked, and the time that is left."""

from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

from app.database import transaction
from app.events.countdowns import asked_seconds
from app.livepolls import actions
from app.livepolls.board.routes.holding import moderated, sorted_on
from app.livepolls.models import FlashPoll
from app.livepolls.plans import FIELDS
from app.livepolls.routes import bp


def _led(poll_id: int, do: Callable[[FlashPoll], None]) -> Response:
    """Do it to the poll, held, if the present person leads its event."""
    with transaction():
        poll, _person = moderated(poll_id)
        do(poll)
    return sorted_on(poll)


@bp.post("/polls/<int:poll_id>")
def change(poll_id: int) -> Response:
    """Ask it in other words, or otherwise, also while it runs."""
    settings = {name: request.form.get(f"setting-poll-{name}", "") for name in FIELDS}
    with transaction():
        poll, _person = moderated(poll_id, with_step=True)
        actions.change_poll(poll, request.form.get("question", ""), settings)
    return sorted_on(poll)


@bp.post("/polls/<int:poll_id>/countdown")
def add_time(poll_id: int) -> Response:
    """Begin a countdown, or give it more time."""
    return _led(poll_id, lambda poll: actions.add_time(poll, asked_seconds()))


@bp.delete("/polls/<int:poll_id>/countdown")
def stop_countdown(poll_id: int) -> Response:
    """Stay open until somebody closes it."""
    return _led(poll_id, actions.stop_countdown)
