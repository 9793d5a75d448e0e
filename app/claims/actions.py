"""Claiming: a guest becomes somebody with an account, and keeps all that was written."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from app import identity
from app.accounts.models import Account
from app.claims.queries import already_there
from app.database import locked, now
from app.errors import Conflict, Refused
from app.events import merging
from app.events.facts import ParticipantChanged
from app.events.models import Participant
from app.extensions import db
from app.identity import Token, TokenKind
from app.outbox import announce
from app.permissions import Role

RANK = (Role.PARTICIPANT, Role.OBSERVER, Role.HOST, Role.MODERATOR)


def claim(guest: Participant, account: Account) -> Participant:
    """Let a guest be this account; returns who they are in the event from now on.

    The guest's row is held. Where the account is in the event already, all that the guest wrote
    becomes that participant's. Other devices that have been the guest are so no more, and their
    links are worth nothing. Doing it twice does it once.
    """
    if guest.account_id == account.id:
        return guest
    if guest.account_id is not None or guest.removed_at is not None:
        raise Conflict(_l("This has become somebody else's already."))
    member = already_there(guest.event_id, account.id)
    if member is not None:
        return _become(guest, locked(Participant, member.id))
    guest.account_id = account.id
    for kind in (TokenKind.RETURN, TokenKind.REMOTE, TokenKind.API):
        identity.revoke(kind, participant_id=guest.id)
    _announce(guest)
    return guest


def _become(guest: Participant, member: Participant) -> Participant:
    """Two participants become one, which has the greater role of both."""
    if member.removed_at is not None:
        raise Refused(_l("You have been removed from this event."))
    merging.merge(guest, member)
    member.role = max(guest.role, member.role, key=RANK.index)
    if member.municipality_id is None and not member.state:
        member.municipality_id, member.state = guest.municipality_id, guest.state
    _vanish(guest)
    for person in (guest, member):
        _announce(person)
    db.session.expire_all()  # what was moved was not moved one by one
    return member


def _vanish(guest: Participant) -> None:
    """Nothing is left of the guest but a row without a name."""
    guest.name = guest.state = ""
    guest.municipality_id = guest.present_until = None
    guest.role = Role.PARTICIPANT
    guest.removed_at = now()
    db.session.execute(delete(Token).where(Token.participant_id == guest.id))


def _announce(person: Participant) -> None:
    db.session.flush()
    fact = ParticipantChanged(person.event_id, person.id)
    announce(fact, person.event.channel, person.channel)
