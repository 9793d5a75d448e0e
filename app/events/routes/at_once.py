"""In the cockpit one click asks something at once, or once more."""

from werkzeug.wrappers import Response

from app.database import transaction
from app.events import actions, steps
from app.events.queries import item_of
from app.events.routes import bp
from app.events.routes.cockpit import cockpit_url, moderated
from app.responses import done


@bp.post("/e/<code>/at-once/<kind>")
def start_at_once(code: str, kind: str) -> Response:
    """Add a step behind the current one, and bring the hall to it."""
    with transaction():
        event = moderated(code)
        actions.start_at_once(event, steps.kind_at_once(kind))
    return done(cockpit_url(event))


@bp.post("/e/<code>/items/<int:item_id>/again")
def ask_again(code: str, item_id: int) -> Response:
    """Begin another round of a step, in a step of its own."""
    with transaction():
        event = moderated(code)
        actions.ask_again(event, item_of(event, item_id))
    return done(cockpit_url(event))
