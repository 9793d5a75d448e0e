"""Asking to be let into a space, and the coordinators' answer.

Whoever may read a space can ask. A private one nobody sees from outside: its coordinators can
make a link, whose key shows no more than its name and description.
"""

import hmac

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts.models import Account
from app.addresses import external_url
from app.database import found, locked, transaction
from app.errors import NeedsSignIn, NotFound
from app.extensions import db
from app.limits import SENDING_MAIL, limited
from app.spaces import actions
from app.spaces.forms import RequestForm
from app.spaces.identity import member_in, present_account
from app.spaces.models import JoinRequest, Space
from app.spaces.queries import membership_of
from app.spaces.routes import Answer, bp
from app.spaces.routes.front import stewarded


def request_link(space: Space) -> str | None:
    """The link by which people who do not see the space can ask."""
    if space.request_key is None:
        return None
    return external_url("spaces.ask", space_id=space.id, key=space.request_key)


def _asked(space_id: int) -> tuple[Space, Account]:
    """The space, if the person on the other side may know of it."""
    space = found(Space, space_id)
    account = present_account()
    if account is None:
        raise NeedsSignIn
    key = request.args.get("key", "")
    has_key = space.request_key is not None and hmac.compare_digest(
        space.request_key.encode(), key.encode(errors="replace")
    )
    if not has_key and member_in(space) is None and not _waiting(space, account):
        raise NotFound
    return space, account


def _waiting(space: Space, account: Account) -> JoinRequest | None:
    return db.session.get(JoinRequest, (space.id, account.id))


@bp.route("/spaces/<int:space_id>/request", methods=["GET", "POST"])
@limited(SENDING_MAIL, "requests", methods=["POST"])
def ask(space_id: int) -> Answer:
    """Ask to be let in."""
    space, account = _asked(space_id)
    if membership_of(space.id, account.id) is not None:
        return redirect(url_for(".show", space_id=space.id), 303)
    form = RequestForm()
    if not form.validate_on_submit():
        page = render_template(
            "spaces/request.html", space=space, form=form, waiting=_waiting(space, account)
        )
        return page, 422 if form.is_submitted() else 200
    with transaction():
        space, account = _asked(space_id)
        actions.ask(locked(Space, space.id, shared=True), account, form.words.data or "")
    flash(_("Your request is with the coordinators. You get a mail when they have answered."))
    return redirect(url_for(".ask", space_id=space_id), 303)


@bp.delete("/spaces/<int:space_id>/request")
def take_back(space_id: int) -> Response:
    """Ask no longer."""
    with transaction():
        space, account = _asked(space_id)
        waiting = _waiting(space, account)
        if waiting is not None:
            actions.take_back(waiting)
    flash(_("You do not ask any more."))
    return redirect(url_for(".index"), 303)


def _request(space_id: int, account_id: int) -> JoinRequest:
    space = stewarded(space_id)
    waiting = db.session.get(JoinRequest, (space.id, account_id), with_for_update=True)
    if waiting is None:
        raise NotFound(_("Somebody has answered this request already."))
    return waiting


@bp.post("/spaces/<int:space_id>/requests/<int:account_id>/grant")
def grant(space_id: int, account_id: int) -> Response:
    """Let somebody in who asked."""
    with transaction():
        waiting = _request(space_id, account_id)
        name = waiting.account.name
        actions.grant(waiting)
    flash(_("%(name)s is in this space now.", name=name))
    return redirect(url_for(".people", space_id=space_id), 303)


@bp.delete("/spaces/<int:space_id>/requests/<int:account_id>")
def decline(space_id: int, account_id: int) -> Response:
    """Say no to somebody who asked."""
    with transaction():
        waiting = _request(space_id, account_id)
        name = waiting.account.name
        actions.decline(waiting)
    flash(_("%(name)s is told that it does not fit just now.", name=name))
    return redirect(url_for(".people", space_id=space_id), 303)


@bp.post("/spaces/<int:space_id>/request-link")
def make_link(space_id: int) -> Response:
    """Make a link by which people can ask; an earlier one stops working."""
    with transaction():
        actions.make_request_link(stewarded(space_id))
    return redirect(url_for(".invitations", space_id=space_id, _anchor="request-link"), 303)


@bp.delete("/spaces/<int:space_id>/request-link")
def close_link(space_id: int) -> Response:
    """Let nobody ask by a link any more."""
    with transaction():
        actions.close_request_link(stewarded(space_id))
    return redirect(url_for(".invitations", space_id=space_id, _anchor="request-link"), 303)
