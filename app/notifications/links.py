"""Links in mails: one that opens a single thread once, and one that ends these mails.

Mail gateways fetch links ahead, so nothing happens before a button is pressed.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import delete, select, update

from app import clockwork
from app.accounts.facts import PasswordChanged
from app.accounts.models import Account
from app.addresses import external_url
from app.database import now, transaction
from app.errors import NotFound
from app.extensions import db
from app.identity import digest
from app.notifications.models import MailLink
from app.outbox import follows

LASTS = timedelta(days=14)
KEPT = timedelta(days=90)  # so that an old link can offer a new one


class Stop(StrEnum):
    """What a link in a mail ends."""

    THREAD = "t"
    DIGEST = "d"


@dataclass(frozen=True)
class StopLink:
    """Whose mails about what are to end."""

    account: Account
    what: Stop
    thread_id: int


def make_link(account_id: int, thread_id: int, post_id: int | None) -> str:
    """The address that opens a thread for one person, once, at this post."""
    secret = secrets.token_urlsafe(24)
    db.session.add(
        MailLink(
            hash=digest(secret),
            account_id=account_id,
            thread_id=thread_id,
            post_id=post_id,
            ends_at=now() + LASTS,
        )
    )
    return external_url("notifications.link", secret=secret)


def link_of(secret: str) -> MailLink | None:
    """The link with this secret, even if it has ended."""
    return db.session.get(MailLink, digest(secret))


def is_good(link: MailLink) -> bool:
    """Whether a link can still be used."""
    return link.used_at is None and link.ends_at > now()


def use_link(secret: str) -> MailLink | None:
    """Use a link up; none if it has ended, or somebody has been quicker."""
    used = (
        update(MailLink)
        .where(
            MailLink.hash == digest(secret),
            MailLink.used_at.is_(None),
            MailLink.ends_at > now(),
        )
        .values(used_at=now())
        .returning(MailLink)
    )
    return db.session.scalar(used)


def stop_address(account: Account, what: Stop, thread_id: int = 0) -> str:
    """The address that ends mails about a thread, or digests; it is good for ever."""
    signed = _signer().dumps([account.id, what.value, thread_id])
    return external_url("notifications.stop", signed=signed)


def read_stop_address(signed: str) -> StopLink:
    """What a signed address ends; raises `NotFound`."""
    try:
        account_id, what, thread_id = _signer().loads(signed)
    except BadData as error:
        raise NotFound from error
    account = db.session.get(Account, account_id)
    if account is None or not account.is_active:
        raise NotFound
    return StopLink(account, Stop(what), thread_id)


def stop_headers(address: str) -> dict[str, str]:
    """What lets a mail program offer to unsubscribe with one click (RFC 2369 and 8058)."""
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


@follows(PasswordChanged)
def _end_links(fact: PasswordChanged) -> None:
    """Whoever has read the mails until now opens nothing by them; each can ask for a new link."""
    mine = MailLink.account_id == fact.account_id
    ended = update(MailLink).where(mine, MailLink.ends_at > now()).values(ends_at=now())
    db.session.execute(ended.execution_options(synchronize_session=False))


@clockwork.every(3600)
def drop_old() -> None:
    """Forget links that ended long ago."""
    old = MailLink.ends_at < now() - KEPT
    if db.session.scalar(select(MailLink.hash).where(old).limit(1)) is not None:
        with transaction() as session:
            session.execute(delete(MailLink).where(old))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="notifications.stop")
