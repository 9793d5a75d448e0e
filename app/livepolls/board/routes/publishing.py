"""Publishing what has waited to be read."""

from flask import request
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.database import transaction
from app.livepolls.board import actions
from app.livepolls.board.actions.placing import concerns_of
from app.livepolls.board.routes.holding import moderated, picked, sorted_on
from app.livepolls.routes import bp
from app.responses import notice


@bp.post("/polls/<int:poll_id>/published")
def publish(poll_id: int) -> Response:
    """Let everybody see what was marked, or all that the page showed, as far as it was read."""
    with transaction():
        poll, person = moderated(poll_id)
        seen = picked("shown" if "all" in request.form else "concern")
        concerns = concerns_of(poll, seen)
        read = [each.id for each in concerns if seen[each.id] in (None, each.edition)]
        actions.publish(poll, read, person)
    return sorted_on(poll, *read_once_more(len(read) < len(concerns)))


def read_once_more(is_to_be: bool) -> list[Markup]:
    """Why some are not shown, if it is so."""
    said = _("Some were said differently meanwhile. Please read them once more.")
    return [notice(said)] if is_to_be else []
