"""Asking to be let in, and the answer."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.models import Account
from app.addresses import external_url
from app.errors import Conflict
from app.extensions import db
from app.mail import letters
from app.outbox import announce
from app.spaces.actions.members import admit, tell_coordinators
from app.spaces.facts import JoinRequestAnswered, JoinRequestMade
from app.spaces.models import Joining, JoinRequest, Membership, Space
from app.spaces.queries import coordinators


def ask(space: Space, account: Account, words: str) -> JoinRequest:
    """Ask the coordinators to be let in; asking again changes the words only."""
    if space.joining == Joining.INVITED or space.archived_at is not None:
        raise Conflict(_l("People come into this space by invitation only."))
    if db.session.get(Membership, (space.id, account.id)) is not None:
        raise Conflict(_l("You are in this space already."))
    known = db.session.get(JoinRequest, (space.id, account.id))
    if known is not None:
        known.words = words
        return known
    request = JoinRequest(space_id=space.id, account_id=account.id, words=words)
    db.session.add(request)
    db.session.flush()
    tell_coordinators(space, "space_request", name=account.name, space=space.name, words=words)
    whom = [f"account:{coordinator.id}" for coordinator in coordinators(space.id)]
    announce(JoinRequestMade(space.id, account.id), *whom)
    return request


def take_back(request: JoinRequest) -> None:
    """Ask no longer."""
    _end(request)


def grant(request: JoinRequest) -> None:
    """Let somebody in who asked for it."""
    _tell(request, "space_granted", link=external_url("spaces.show", space_id=request.space_id))
    space, account = request.space, request.account
    _end(request, granted=True)
    admit(space, account)


def decline(request: JoinRequest) -> None:
    """Say no to somebody who asked."""
    _tell(request, "space_declined")
    _end(request)


def _tell(request: JoinRequest, letter: str, **values: Any) -> None:
    account = request.account
    if account.email:
        letters.post(
            letter,
            account.email,
            account.language,
            name=account.name,
            space=request.space.name,
            **values,
        )


def _end(request: JoinRequest, *, granted: bool = False) -> None:
    space_id, account_id = request.space_id, request.account_id
    db.session.delete(request)
    db.session.flush()
    announce(JoinRequestAnswered(space_id, account_id, granted), f"account:{account_id}")
