"""Who is on the other side: a signed-in account, a participant's device, or a bearer of a token.

A device remembers its participants in the signed session cookie. Tokens are kept as hashes only.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from flask import g, session
from flask_login import current_user
from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.addresses import client_address
from app.database import Base, dialect_insert, locked, now
from app.extensions import db


class TokenKind(StrEnum):
    """What a token opens."""

    RETURN = "return"  # a participant's personal link to another device
    REMOTE = "remote"  # the same for whoever leads: soon over, and good for one device
    API = "api"  # the JSON API and the socket
    SCREEN = "screen"  # the projector view of one event
    JOIN = "join"  # a form with which somebody has joined: sent again, it lets nobody else in


LIFETIMES = {TokenKind.REMOTE: timedelta(minutes=15)}  # all others last until they are revoked


class Token(Base):
    """A secret that somebody holds; only its hash is here."""

    __tablename__ = "token"

    hash: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[TokenKind]
    name: Mapped[str] = mapped_column(default="")
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]


def issue(
    kind: TokenKind,
    *,
    participant_id: int | None = None,
    account_id: int | None = None,
    event_id: int | None = None,
    name: str = "",
) -> str:
    """Make a token and return its secret, which is not kept and cannot be shown again."""
    secret = secrets.token_urlsafe(24)
    db.session.add(
        Token(
            hash=digest(secret),
            kind=kind,
            participant_id=participant_id,
            account_id=account_id,
            event_id=event_id,
            name=name,
        )
    )
    return secret


def hold(kind: TokenKind, secret: str) -> Token:
    """The token with this secret, made if there was none; whoever else wants it waits for us."""
    values = {"hash": digest(secret), "kind": kind, "name": "", "created_at": now()}
    made = dialect_insert(Token).values(values).on_conflict_do_nothing().returning(Token)
    token: Token | None = db.session.scalar(made)
    return token if token is not None else locked(Token, values["hash"])


def revoke(
    kind: TokenKind,
    *,
    participant_id: int | None = None,
    account_id: int | None = None,
    event_id: int | None = None,
) -> None:
    """Make every token of this kind of one participant, account or event worthless."""
    owners = (
        (Token.participant_id, participant_id),
        (Token.account_id, account_id),
        (Token.event_id, event_id),
    )
    (owner,) = [column == id for column, id in owners if id is not None]
    db.session.execute(
        update(Token)
        .where(Token.kind == kind, owner, Token.revoked_at.is_(None))
        .values(revoked_at=now())
    )


def forget(*, account_id: int) -> None:
    """Delete every token of an account, of whatever kind."""
    db.session.execute(delete(Token).where(Token.account_id == account_id))


def valid_token(secret: str, kind: TokenKind) -> Token | None:
    """The token with this secret, unless it was revoked, or its time is over."""
    return _token(digest(secret), kind)


def use_up(token: Token) -> bool:
    """Make a token worthless by using it; of two who use it at once, only one does."""
    used = update(Token).where(Token.hash == token.hash, Token.revoked_at.is_(None))
    return db.session.scalar(used.values(revoked_at=now()).returning(Token.hash)) is not None


def _token(hash: str, kind: TokenKind) -> Token | None:
    token = db.session.scalar(
        select(Token).where(Token.hash == hash, Token.kind == kind, Token.revoked_at.is_(None))
    )
    if token is not None and kind in LIFETIMES and token.created_at + LIFETIMES[kind] <= now():
        return None
    return token


def digest(secret: str) -> str:
    """A token's hash; tokens are long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def present_token(secret: str) -> None:
    """Speak for the bearer of this API token from now on, in this request or connection only."""
    session.clear()
    session["token"] = digest(secret)


def presented_token() -> Token | None:
    """The valid API token that was presented with this request or connection."""
    if "token" not in session:
        return None
    if "token" not in g:
        g.token = _token(session["token"], TokenKind.API)
    return g.token  # type: ignore[no-any-return]


def remember_participant(event_id: int, participant_id: int, stamp: int | None = None) -> None:
    """Let this device be this participant from now on.

    Where they have an account, `stamp` is that of its sessions, with which this ends, too.
    """
    forget_participant(event_id)
    session.permanent = True
    session["participants"] = {**session["participants"], str(event_id): participant_id}
    if stamp is not None:
        session["stamps"] = {**session.get("stamps", {}), str(event_id): stamp}


def forget_participant(event_id: int) -> None:
    """Let this device be nobody in this event."""
    session["participants"] = _others("participants", event_id)
    if "stamps" in session:
        session["stamps"] = _others("stamps", event_id)


def _others(name: str, event_id: int) -> dict[str, int]:
    return {k: v for k, v in session.get(name, {}).items() if k != str(event_id)}


def remembered_stamp(event_id: int) -> int | None:
    """The account's stamp with which this device has become the event's participant."""
    return session.get("stamps", {}).get(str(event_id))  # type: ignore[no-any-return]


def remembered_participant(event_id: int) -> int | None:
    """The participant that this device is in this event."""
    return session.get("participants", {}).get(str(event_id))  # type: ignore[no-any-return]


def remember_screen(event_id: int, secret: str) -> None:
    """Let this browser show the screen of this event."""
    session["screens"] = {**session.get("screens", {}), str(event_id): digest(secret)}


def shows_screen(event_id: int) -> bool:
    """Whether this browser holds a valid link to the event's screen."""
    hash = session.get("screens", {}).get(str(event_id))
    token = _token(hash, TokenKind.SCREEN) if hash else None
    return token is not None and token.event_id == event_id


def is_somebody() -> bool:
    """Whether anybody known is on the other side."""
    if "token" in session:
        return presented_token() is not None
    return bool(
        session.get("participants") or session.get("screens") or current_user.is_authenticated
    )


def who() -> str:
    """What a limit counts by: the person where known, since a whole hall shares one address."""
    if presented_token() is not None:  # what is only made up would make a limit each time
        return f"token {session['token']}"
    if current_user.is_authenticated:
        return f"account {current_user.id}"
    people = session.get("participants")
    return f"people {sorted(people.items())}" if people else f"address {client_address()}"


def page_identity(language: str) -> str:
    """Who a page was made for, as its scripts tell it: the person first, then what they may hear.

    A page without anybody's has no identity, and opens no connection.
    """
    if not is_somebody():
        return ""
    people = session.get("participants", {})
    if current_user.is_authenticated:
        person = f"a{current_user.id}"
    else:
        person = f"p{min(people.values())}" if people else "s"
    hears = "-".join([*(f"p{id}" for id in people.values()), *sorted(session.get("screens", {}))])
    return f"{person}.{hears}.{language}"
