"""Into a space by oneself where it is open, and out of any."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.database import locked, transaction
from app.errors import NotFound
from app.spaces import actions
from app.spaces.models import Space
from app.spaces.queries import membership_of
from app.spaces.routes import bp
from app.spaces.routes.front import entered


@bp.post("/spaces/<int:space_id>/membership")
def join(space_id: int) -> Response:
    """Join an open space with one tap."""
    with transaction():
        locked(Space, space_id, shared=True)  # it may be closed just now
        space, reader = entered(space_id)
        actions.join(space, reader.account)
    flash(_("You are in %(space)s now.", space=space.name))
    return redirect(url_for(".show", space_id=space_id), 303)


@bp.delete("/spaces/<int:space_id>/membership")
def leave(space_id: int) -> Response:
    """Leave a space; what one wrote stays."""
    with transaction():
        locked(Space, space_id)
        space, member = entered(space_id)
        membership = membership_of(space.id, member.account_id)
        if membership is None:
            raise NotFound
        name = space.name
        actions.remove_member(membership)
    flash(_("You have left %(space)s.", space=name))
    return redirect(url_for(".index"), 303)
