"""Leaving an address, confirming it, and having the digest sent."""

import secrets

from app import identity
from app.addresses import external_url
from app.database import locked, now
from app.errors import Conflict
from app.eventdigests.models import GOOD_FOR, DigestAddress, DigestOrder
from app.eventdigests.queries import address_of
from app.events.facts import CockpitChanged
from app.events.models import Event, Participant
from app.extensions import db
from app.mail import letters
from app.outbox import announce


def leave_address(person: Participant, email: str) -> DigestAddress:
    """Keep where a guest wants the digest, and write there to confirm it.

    The letter says nothing that guests have typed: the address may be anybody's.
    """
    if person.account_id is not None:
        raise Conflict
    secret = secrets.token_urlsafe(24)
    address = address_of(person) or DigestAddress(participant_id=person.id)
    address.email, address.secret_hash = email, identity.digest(secret)
    address.asked_at, address.confirmed_at = now(), None
    db.session.add(address)
    letters.post(
        "digest_address",
        email,
        person.language,
        good_for=GOOD_FOR,
        event=person.event.title,
        link=external_url("eventdigests.confirm", secret=secret),
    )
    return address


def forget_address(person: Participant) -> None:
    """A guest wants no digest any more, or has gone."""
    address = address_of(person)
    if address is not None:
        db.session.delete(address)


def confirm(address: DigestAddress) -> None:
    """The address is theirs; where the digest has gone out already, it follows at once."""
    address.confirm()
    order = db.session.get(DigestOrder, address.person.event_id)
    if order is not None:
        order.finished_at = None


def order(event: Event) -> DigestOrder:
    """Have the digest sent to all who have not got it; the event's row is held."""
    made = db.session.get(DigestOrder, event.id) or DigestOrder(event_id=event.id)
    made.ordered_at, made.finished_at = now(), None
    db.session.add(made)
    db.session.flush()
    announce(CockpitChanged(event.id), event.channel)
    return made


def finish(event_id: int) -> None:
    """Everybody who was to get it has got it."""
    event = locked(Event, event_id)  # before its order, as whoever orders anew holds them
    made = locked(DigestOrder, event_id)
    made.finished_at = now()
    announce(CockpitChanged(event.id), event.channel)
