"""One tap: what this device, or this return link, has been in an event is mine."""

from flask import Blueprint, flash, g, redirect, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts.models import Account
from app.claims import actions, queries
from app.database import found, locked, transaction
from app.errors import NeedsSignIn, NotFound
from app.events.models import Event, Participant
from app.identity import TokenKind, forget_participant, remembered_participant, valid_token
from app.limits import opened_by_secret

bp = Blueprint("claims", __name__)


def _account() -> Account:
    if not current_user.is_authenticated:
        raise NeedsSignIn
    account: Account = current_user._get_current_object()
    return account


@bp.post("/claims/<int:participant_id>")
def by_device(participant_id: int) -> Response:
    """This device has been the guest."""
    account = _account()
    with transaction():
        guest = found(Participant, participant_id)
        is_here = remembered_participant(guest.event_id) == guest.id
        if not is_here and guest.account_id != account.id:
            raise NotFound
        member = _claimed(guest, account)
    return _welcome(member)


@bp.post("/return/<secret>/claim")
@opened_by_secret
def by_link(secret: str) -> Response:
    """The guest's own link was opened by somebody who is signed in."""
    account = _account()
    with transaction():
        token = valid_token(secret, TokenKind.RETURN)
        if token is None or token.participant_id is None:
            raise NotFound(
                _("This link is no longer valid. Please make a new one on your first device.")
            )
        member = _claimed(found(Participant, token.participant_id), account)
    return _welcome(member)


def _claimed(guest: Participant, account: Account) -> Participant:
    held = locked(Account, account.id)  # the account first, as where it is deleted
    return actions.claim(locked(Participant, guest.id), held)


def _welcome(member: Participant) -> Response:
    """The device goes on as the account, for as long as that is signed in."""
    forget_participant(member.event_id)
    g.pop("participants", None)
    flash(_("What you wrote in “%(event)s” is yours now.", event=member.event.title))
    return redirect(url_for("events.me", code=member.event.code), 303)


def offers(event: Event | None = None) -> list[Participant]:
    """Which guests the present account can claim on this device, in one event or in all."""
    if not current_user.is_authenticated:
        return []
    return list(queries.guests(session.get("participants", {}).values(), event))
