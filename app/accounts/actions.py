"""What happens to accounts; each runs inside a transaction, and hashes nothing itself."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app import identity
from app.accounts import links, own_data, participations
from app.accounts.facts import PasswordChanged, SessionsEnded
from app.accounts.links import LIFETIMES, Purpose
from app.accounts.models import Account, Standing
from app.accounts.newcomers import TAKEN, kept
from app.accounts.queries import by_email, tidy_email
from app.addresses import external_url
from app.database import now
from app.errors import Conflict
from app.extensions import db
from app.identity import Token, TokenKind
from app.mail import letters
from app.outbox import announce


def create_account(
    email: str,
    name: str,
    *,
    standing: Standing = Standing.MEMBER,
    language: str = "de",
    password_hash: str | None = None,
) -> Account:
    """A new account; raises `Conflict` if the mail address has one."""
    return kept(
        Account(
            email=tidy_email(email),
            name=name.strip(),
            standing=standing,
            language=language,
            password_hash=password_hash,
        )
    )


def invite(inviter: Account, email: str, name: str, standing: Standing, language: str) -> Account:
    """Invite somebody by mail; who has not answered an earlier invitation gets it once more."""
    known = by_email(email)
    if known is not None and not (known.is_invited and known.is_active):
        raise Conflict(TAKEN)
    account = known or create_account(email, name, standing=standing, language=language)
    send_invitation(account, inviter)
    return account


def send_invitation(account: Account, inviter: Account) -> None:
    """Send the link with which a password is chosen; earlier ones stop working."""
    if not account.is_invited:
        raise Conflict(_l("This invitation has been accepted already."))
    account.end_sessions()
    secret = links.secret_for(account, Purpose.INVITATION)
    _write(
        account,
        "invitation",
        Purpose.INVITATION,
        inviter=inviter.name,
        link=external_url("accounts.accept", secret=secret),
    )


def withdraw_invitation(account: Account) -> None:
    """Take an invitation back, and forget whom it was for."""
    if not account.is_invited:
        raise Conflict(_l("This invitation has been accepted already."))
    db.session.delete(account)


def send_reset(account: Account) -> None:
    """Send the link with which another password is chosen."""
    secret = links.secret_for(account, Purpose.RESET)
    _write(account, "reset", Purpose.RESET, link=external_url("accounts.reset", secret=secret))


def _write(account: Account, letter: str, purpose: Purpose, **values: Any) -> None:
    assert account.email is not None
    letters.post(
        letter,
        account.email,
        account.language,
        good_for=LIFETIMES[purpose],
        name=account.name,
        **values,
    )


def choose_password(account: Account, password_hash: str) -> None:
    """Set a password; every other session and link ends, and a mail tells of a change."""
    is_change = not account.is_invited
    account.password_hash = password_hash
    account.end_sessions()
    participations.revoke_return_links(account)
    participations.reconnect(account)
    if is_change:
        announce(PasswordChanged(account.id), account.channel)
    if is_change and account.email:
        letters.post(
            "password_changed",
            account.email,
            account.language,
            name=account.name,
            link=external_url("accounts.ask_for_reset"),
        )


def refresh_hash(account: Account, known: str, fresh: str) -> None:
    """Keep the same password with today's costs, unless it was changed just now."""
    if account.password_hash == known:
        account.password_hash = fresh


def change_profile(account: Account, **changes: Any) -> None:
    """Change the name, function, municipality or language."""
    for name, value in changes.items():
        setattr(account, name, value)


def change_standing(account: Account, standing: Standing) -> None:
    """Let somebody do more or less than before."""
    if account.is_admin and standing != Standing.ADMIN:
        _require_another_admin(account)
    account.standing = standing


def deactivate(account: Account) -> None:
    """Let somebody in no more, on any device; what they wrote stays."""
    if account.deactivated_at is not None:
        return
    if account.is_admin:
        _require_another_admin(account)
    account.deactivated_at = now()
    account.end_sessions()
    identity.revoke(TokenKind.API, account_id=account.id)
    participations.revoke_links(account)
    participations.reconnect(account)


def reactivate(account: Account) -> None:
    """Let somebody in again, with the password they had."""
    account.deactivated_at = None


def delete_account(account: Account, *, keep_name: bool, keep_words: bool = True) -> None:
    """Forget the person.

    What they wrote in events stays, under their name if they wish; what they wrote in forums stays
    as a former member's, unless they wish otherwise.
    """
    if account.is_admin:
        _require_another_admin(account)
    own_data.delete(account, keep_words=keep_words)
    participations.unlink(account, keep_name=keep_name)
    identity.forget(account_id=account.id)
    account.end_sessions()
    account.deleted_at = now()
    account.standing = Standing.MEMBER
    account.email, account.password_hash, account.function = None, None, ""
    account.municipality, account.help_with = None, ""
    if not keep_name:
        account.name = ""


def _require_another_admin(account: Account) -> None:
    admins = db.session.scalars(
        select(Account)
        .where(
            Account.standing == Standing.ADMIN,
            Account.deactivated_at.is_(None),
            Account.password_hash.is_not(None),
        )
        .order_by(Account.id)
        .with_for_update()
    ).all()
    if all(admin.id == account.id for admin in admins):
        raise Conflict(_l("There has to be an admin. Please make somebody else one first."))


def create_token(account: Account, name: str) -> str:
    """A personal access token, whose secret cannot be shown again."""
    return identity.issue(TokenKind.API, account_id=account.id, name=name.strip()[:80])


def revoke_token(token: Token) -> None:
    """Make one token worthless."""
    token.revoked_at = now()
    if token.account_id is not None:
        announce(SessionsEnded(token.account_id), f"account:{token.account_id}")
