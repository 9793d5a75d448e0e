"""Reads of accounts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlalchemy.orm import joinedload

from app.accounts.models import Account, Standing
from app.errors import NotFound
from app.extensions import db
from app.identity import Token, TokenKind
from app.municipalities.models import Municipality

SHOWN = 12  # characters of a hash that name a token to its owner


def tidy_email(email: str | None) -> str:
    """A mail address as it is kept."""
    return (email or "").strip().lower()


def by_email(email: str) -> Account | None:
    """The account with this mail address, however it is written."""
    return db.session.scalar(select(Account).where(Account.email == tidy_email(email)))


@dataclass(frozen=True)
class Wanted:
    """Whom an admin looks for."""

    words: str = ""
    municipality_id: int | None = None
    standing: Standing | None = None
    state: str = ""  # one of STATES

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What is true of them."""
        found = [Account.deleted_at.is_(None), *map(_speaks_of, self.words.split())]
        if self.municipality_id is not None:
            found.append(Account.municipality_id == self.municipality_id)
        if self.standing is not None:
            found.append(Account.standing == self.standing)
        if self.state in STATES:
            found.append(STATES[self.state])
        return found


STATES = {
    "active": and_(Account.password_hash.is_not(None), Account.deactivated_at.is_(None)),
    "invited": and_(Account.password_hash.is_(None), Account.deactivated_at.is_(None)),
    "deactivated": Account.deactivated_at.is_not(None),
}


def _speaks_of(word: str) -> ColumnElement[bool]:
    """Whether a word stands in the name, address, function or municipality of an account.

    SQLite tells Ö from ö, so the usual ways to write a word are all looked for.
    """
    place = select(Municipality.name).where(Municipality.id == Account.municipality_id)
    texts = (Account.name, Account.email, Account.function, place.scalar_subquery())
    ways = {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(text.icontains(way, autoescape=True) for text in texts for way in ways))


def people(wanted: Wanted, after: int | None, most: int) -> Sequence[Account]:
    """The next people of those who are wanted, by name, after this one; one more than `most`."""
    query = (
        select(Account)
        .where(*wanted.conditions)
        .options(joinedload(Account.municipality))
        .order_by(func.lower(Account.name), Account.id)
        .limit(most + 1)
    )
    if after is not None:
        name = select(func.lower(Account.name)).where(Account.id == after).scalar_subquery()
        query = query.where(tuple_(func.lower(Account.name), Account.id) > tuple_(name, after))
    return db.session.scalars(query).all()


def people_count(wanted: Wanted) -> int:
    """How many are wanted."""
    return db.session.scalar(select(func.count(Account.id)).where(*wanted.conditions)) or 0


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
