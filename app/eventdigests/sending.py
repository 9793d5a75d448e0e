"""Sending: one letter after the other, each with its line in the ledger, beside the requests."""

from sqlalchemy import delete, select

from app import clockwork, jobs
from app.database import now, set_row, transaction
from app.eventdigests import actions, contents, queries
from app.eventdigests.contents import Digest
from app.eventdigests.models import GOOD_FOR, DigestAddress, SentDigest
from app.eventdigests.queries import Recipient
from app.events.models import Event
from app.extensions import db
from app.mail import letters


@jobs.task
def send(event_id: int) -> None:
    """Write all letters about an event that are not written yet; may be begun twice."""
    event = db.session.get(Event, event_id)
    if event is None or event_id not in queries.unfinished():
        return
    digest = contents.digest_of(event)
    for recipient in queries.recipients(event_id):
        _write(event_id, digest, recipient)
    with transaction():
        if not queries.recipients(event_id):
            actions.finish(event_id)


@jobs.sweep
def find_unfinished() -> None:
    """Go on with what a restart has interrupted, or what was confirmed late."""
    for event_id in queries.unfinished():
        jobs.later(send, event_id)


@clockwork.every(3600)
def drop_unconfirmed() -> None:
    """Forget addresses that nobody has confirmed in time."""
    late = DigestAddress.confirmed_at.is_(None) & (DigestAddress.asked_at < now() - GOOD_FOR)
    if db.session.scalar(select(DigestAddress.participant_id).where(late).limit(1)) is not None:
        with transaction() as session:
            session.execute(delete(DigestAddress).where(late))


def _write(event_id: int, digest: Digest, recipient: Recipient) -> None:
    """One letter and its line in the ledger, or neither; a guest's address has done its work."""
    threads = contents.thread_links(event_id, recipient.account_id)
    with transaction():
        line = SentDigest(event_id=event_id, participant_id=recipient.participant_id)
        if not set_row(line, True):
            return
        letters.post(
            "event_digest",
            recipient.email,
            recipient.language,
            name=recipient.name,
            digest=digest,
            own=digest.own.get(recipient.participant_id, ()),
            threads=threads,
            is_guest=recipient.account_id is None,
        )
        address = db.session.get(DigestAddress, recipient.participant_id)
        if address is not None:
            db.session.delete(address)
