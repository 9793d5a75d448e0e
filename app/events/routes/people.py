"""What a moderator does with people: give a role, remove."""

from flask import request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.database import locked, transaction
from app.errors import Invalid, NotFound, Refused
from app.events import actions
from app.events.identity import participant_in
from app.events.models import Event, Participant
from app.events.routes import bp
from app.events.routes.cockpit import cockpit_url, moderated
from app.permissions import Role
from app.responses import done


def _person_of(event: Event, person_id: int) -> Participant:
    person = locked(Participant, person_id)
    if person.event_id != event.id:
        raise NotFound
    return person


@bp.post("/e/<code>/people/<int:person_id>/role")
def give_role(code: str, person_id: int) -> Response:
    """Make somebody a host, a moderator, an observer, or a participant again."""
    role = request.form.get("role", "")
    if role not in set(Role):
        raise Invalid
    with transaction():
        event = moderated(code)
        person = _person_of(event, person_id)
        if person is participant_in(event):
            raise Refused(_("You cannot change your own role."))
        actions.change_person(person, role=Role(role))
    return done(cockpit_url(event))


@bp.delete("/e/<code>/people/<int:person_id>")
def remove(code: str, person_id: int) -> Response:
    """Take somebody out of the event."""
    with transaction():
        event = moderated(code)
        actions.remove_person(_person_of(event, person_id))
    return done(cockpit_url(event))
