"""The address that a guest left: to take along, and to delete with them."""

from typing import Any

from sqlalchemy import delete, insert, literal, select

from app.eventdigests.actions import forget_address
from app.eventdigests.models import DigestAddress, SentDigest
from app.eventdigests.queries import address_of, has_got_it
from app.events.facts import ParticipantChanged
from app.events.models import Participant
from app.events.own_data import OwnData
from app.extensions import db
from app.outbox import follows


def _export(person: Participant) -> dict[str, Any]:
    address = address_of(person)
    return {
        "email": address.email if address else None,
        "confirmed_at": (
            address.confirmed_at.isoformat() if address and address.confirmed_at else None
        ),
        "sent": has_got_it(person),
    }


@follows(ParticipantChanged)
def _left_or_became_a_member(fact: ParticipantChanged) -> None:
    """Who has an account gets it there; who is out of the event gets none."""
    person = db.session.get_one(Participant, fact.participant_id)
    if person.account_id is not None or person.removed_at is not None:
        forget_address(person)


def forget_guests(participant_ids: Any) -> None:
    """The time of these guests is over."""
    db.session.execute(
        delete(DigestAddress)
        .where(DigestAddress.participant_id.in_(participant_ids))
        .execution_options(synchronize_session=False)
    )


def move(guest: Participant, member: Participant) -> None:
    """Who got it as a guest does not get it again as a member."""
    forget_guests([guest.id])
    got = select(SentDigest.event_id).where(SentDigest.participant_id == member.id)
    moved = select(SentDigest.event_id, literal(member.id), SentDigest.sent_at).where(
        SentDigest.participant_id == guest.id, SentDigest.event_id.not_in(got)
    )
    columns = ["event_id", "participant_id", "sent_at"]
    db.session.execute(insert(SentDigest).from_select(columns, moved))
    db.session.execute(
        delete(SentDigest)
        .where(SentDigest.participant_id == guest.id)
        .execution_options(synchronize_session=False)
    )


part = OwnData("digest", _export, forget_address)
