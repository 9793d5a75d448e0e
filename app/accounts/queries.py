"""Reads of accounts."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.errors import NotFound
from app.extensions import db
from app.identity import Token, TokenKind

SHOWN = 12  # characters of a hash that name a token to its owner


def tidy_email(email: str | None) -> str:
    """A mail address as it is kept."""
    return (email or "").strip().lower()


def by_email(email: str) -> Account | None:
    """The account with this mail address, however it is written."""
    return db.session.scalar(select(Account).where(Account.email == tidy_email(email)))


def everybody() -> Sequence[Account]:
    """All accounts but the deleted, by name."""
    return db.session.scalars(
        select(Account)
        .where(Account.deleted_at.is_(None))
        .options(joinedload(Account.municipality))
        .order_by(func.lower(Account.name), Account.id)
    ).all()


def tokens_of(account: Account) -> Sequence[Token]:
    """The personal access tokens that work, newest first."""
    return db.session.scalars(
        select(Token)
        .where(
            Token.account_id == account.id, Token.kind == TokenKind.API, Token.revoked_at.is_(None)
        )
        .order_by(Token.created_at.desc(), Token.hash)
    ).all()


def token_of(account: Account, shown: str) -> Token:
    """One of this account's own tokens, by the beginning of its hash; raises `NotFound`."""
    for token in tokens_of(account):
        if token.hash[:SHOWN] == shown:
            return token
    raise NotFound
