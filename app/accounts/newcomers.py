"""People who get an account by being asked into something: theirs from then on."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.accounts.models import Account
from app.accounts.queries import by_email, tidy_email
from app.database import locked
from app.errors import Conflict
from app.extensions import db

TAKEN = _l("There is an account with this mail address already.")


def welcome(email: str, name: str, password_hash: str, language: str) -> Account:
    """The account of somebody who has shown that a mail address is theirs, and chose a password.

    Whoever was invited to an account before has one that waits for just this. Raises `Conflict`
    for an account in use.
    """
    known = by_email(email)
    if known is None:
        email = tidy_email(email)
        return kept(Account(email=email, name=name, password_hash=password_hash, language=language))
    account = locked(Account, known.id)
    if not (account.is_invited and account.is_active):
        raise Conflict(TAKEN)
    account.name, account.password_hash = name, password_hash
    account.end_sessions()
    return account


def kept(account: Account) -> Account:
    """A new account, written at once; raises `Conflict` if its mail address has one."""
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError as error:
        raise Conflict(TAKEN) from error
    return account
