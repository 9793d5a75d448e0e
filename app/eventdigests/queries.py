"""Who gets the digest of an event, and who has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.accounts.models import Account
from app.eventdigests.models import DigestAddress, DigestOrder, SentDigest
from app.events.models import Participant
from app.extensions import db


@dataclass(frozen=True)
class Recipient:
    """Somebody who is to get the digest: plain values, which outlive a transaction."""

    participant_id: int
    account_id: int | None
    email: str
    language: str
    name: str


_refusals: list[Callable[[], ColumnElement[bool]]] = []


def spare(refused: Callable[[], ColumnElement[bool]]) -> None:
    """Send no digest to the accounts that meet this condition: those who do not want it."""
    if refused not in _refusals:
        _refusals.append(refused)


def recipients(event_id: int) -> Sequence[Recipient]:
    """Who has not got it yet: members at their account's address, guests where they confirmed."""
    rows = db.session.execute(
        select(Participant, Account, DigestAddress.email)
        .outerjoin(Account, Account.id == Participant.account_id)
        .outerjoin(DigestAddress, DigestAddress.participant_id == Participant.id)
        .where(Participant.event_id == event_id, _wanted(), ~_sent())
        .order_by(Participant.id)
    )
    return [
        Recipient(
            person.id,
            account.id if account else None,
            (account.email if account else email) or "",
            account.language if account else person.language,
            person.name,
        )
        for person, account, email in rows
    ]


def _wanted() -> ColumnElement[bool]:
    is_member = and_(
        Account.email.is_not(None),
        Account.deactivated_at.is_(None),
        Account.deleted_at.is_(None),
        *(~refused() for refused in _refusals),
    )
    is_guest = and_(Participant.account_id.is_(None), DigestAddress.confirmed_at.is_not(None))
    return and_(Participant.removed_at.is_(None), or_(is_member, is_guest))


def _sent() -> ColumnElement[bool]:
    return (
        select(SentDigest.event_id)
        .where(
            SentDigest.event_id == Participant.event_id,
            SentDigest.participant_id == Participant.id,
        )
        .exists()
    )


def sent_count(event_id: int) -> int:
    """How many have got it."""
    query = select(func.count()).where(SentDigest.event_id == event_id)
    return db.session.scalar(query) or 0


def has_got_it(person: Participant) -> bool:
    """Whether this person has got it."""
    return db.session.get(SentDigest, (person.event_id, person.id)) is not None


def address_of(person: Participant) -> DigestAddress | None:
    """Where a guest wants it."""
    return db.session.get(DigestAddress, person.id)


def address_with(secret_hash: str, *, hold: bool = False) -> DigestAddress | None:
    """The address that a link confirms, held if wanted: another may be left in its place."""
    query = select(DigestAddress).where(DigestAddress.secret_hash == secret_hash)
    return db.session.scalar(query.with_for_update(key_share=True) if hold else query)


def unfinished() -> Sequence[int]:
    """Events whose digest is still going out."""
    return db.session.scalars(
        select(DigestOrder.event_id).where(DigestOrder.finished_at.is_(None))
    ).all()
