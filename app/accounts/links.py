"""Links that carry a right for a while and work once: to accept an invitation, to reset a password.

A link is signed with the state of the account's password and sessions, so that using it, and
whatever else changes these, ends it.
"""

import hashlib
from datetime import timedelta
from enum import StrEnum

from flask import current_app
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeTimedSerializer

from app.accounts.models import Account
from app.database import found, locked
from app.errors import NotFound


class Purpose(StrEnum):
    """What a link is for."""

    INVITATION = "invitation"
    RESET = "reset"


LIFETIMES = {Purpose.INVITATION: timedelta(days=14), Purpose.RESET: timedelta(hours=1)}
GONE = _l("This link is no longer valid. It may be too old, or has been used already.")


def secret_for(account: Account, purpose: Purpose) -> str:
    """What the link carries."""
    return str(_signer(purpose).dumps([account.id, _state(account)]))


def account_of(secret: str, purpose: Purpose, *, hold: bool = False) -> Account:
    """The account that a valid link is for, held in a transaction if wanted; raises `NotFound`."""
    age = LIFETIMES[purpose].total_seconds()
    try:
        id, state = _signer(purpose).loads(secret, max_age=round(age))
        account = locked(Account, id) if hold else found(Account, id)
    except (BadData, NotFound) as error:
        raise NotFound(GONE) from error
    if not account.is_active or state != _state(account):
        raise NotFound(GONE)
    return account


def _signer(purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"accounts.{purpose}")


def _state(account: Account) -> str:
    state = f"{account.session_stamp} {account.email} {account.password_hash}"
    return hashlib.sha256(state.encode()).hexdigest()[:32]
