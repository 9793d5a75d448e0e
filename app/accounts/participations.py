"""What an account is in events, and what becomes of it there when the account changes."""

from collections.abc import Sequence

from sqlalchemy import select

from app import identity
from app.accounts.facts import SessionsEnded
from app.accounts.models import Account
from app.events.facts import ParticipantChanged
from app.events.models import Participant
from app.extensions import db
from app.identity import TokenKind
from app.outbox import announce
from app.permissions import Role


def of(account: Account) -> Sequence[Participant]:
    """Everything that this account takes part in, oldest first."""
    return db.session.scalars(
        select(Participant).where(Participant.account_id == account.id).order_by(Participant.id)
    ).all()


def reconnect(account: Account) -> None:
    """Close this person's connections; pages come back as who they are now."""
    announce(SessionsEnded(account.id), account.channel)
    for person in of(account):
        if person.is_present:
            _announce(person)


def revoke_links(account: Account) -> None:
    """Make this person's links to other devices worthless, and the tokens of their programs."""
    revoke_return_links(account)
    for person in of(account):
        identity.revoke(TokenKind.API, participant_id=person.id)


def revoke_return_links(account: Account) -> None:
    """Make this person's links to other devices worthless."""
    for person in of(account):
        identity.revoke(TokenKind.RETURN, participant_id=person.id)
        identity.revoke(TokenKind.REMOTE, participant_id=person.id)


def unlink(account: Account, *, keep_name: bool) -> None:
    """Let what was written stand alone, under its name or under none."""
    revoke_links(account)
    announce(SessionsEnded(account.id), account.channel)
    for person in of(account):
        _announce(person)
        person.account_id, person.role, person.present_until = None, Role.PARTICIPANT, None
        if not keep_name:
            person.name, person.municipality, person.state = "", None, ""


def _announce(person: Participant) -> None:
    fact = ParticipantChanged(person.event_id, person.id)
    announce(fact, person.event.channel, person.channel)
