"""Who is signed in on this device, and for how long."""

import time

from flask import session
from flask_login import login_user, logout_user

from app.accounts.models import Account
from app.extensions import db

SHORT = 12 * 3600  # seconds, for a device that should not remember
ENDS = "sign_in_ends"


def begin(account: Account, *, stay: bool) -> None:
    """Sign somebody in on this device: until they sign out, or for this day."""
    login_user(account)
    session.pop(ENDS, None)
    if stay:
        session.permanent = True
    else:
        session[ENDS] = round(time.time()) + SHORT


def renew(account: Account) -> None:
    """Stay signed in here after all sessions were ended."""
    login_user(account)


def end() -> None:
    """Sign out on this device; the events that it has joined as a guest stay."""
    logout_user()
    session.pop(ENDS, None)


def load(id: str) -> Account | None:
    """The account that a session speaks of, unless the session or the account has ended."""
    if ENDS in session and session[ENDS] < time.time():
        return None
    number, _, stamp = id.partition(".")
    account = db.session.get(Account, int(number)) if number.isdecimal() else None
    if account is None or not account.is_active or str(account.session_stamp) != stamp:
        return None
    return account
