"""Guessed codes: counted by address, and yet nobody can lock a hall out that shares one.

Whoever is in an event already, or comes from where its code is known, is let through.
"""

from flask import has_request_context, session
from flask_login import current_user
from limits import parse

from app.addresses import client_address
from app.errors import TooMany
from app.events.models import Event, Participant
from app.extensions import db, limiter
from app.identity import presented_token, remembered_participant

WRONG_CODES = parse("60 per minute")  # a thousand people type from one address, and not all well
REMEMBERED = 12 * 3600  # seconds for which an address is known to know a code


def count(event: Event | None) -> None:
    """Count a code that was named, of this event or of none; raises `TooMany` for a guesser."""
    if not (limiter.enabled and has_request_context()) or (event and _is_known_in(event)):
        return
    address = client_address()
    key = f"code/{address}/{event.code}" if event else ""
    if event and limiter.storage.get(key):
        return
    if not limiter.limiter.test(WRONG_CODES, "codes", address):
        raise TooMany
    if event:
        limiter.storage.incr(key, REMEMBERED)
    else:
        limiter.limiter.hit(WRONG_CODES, "codes", address)


def _is_known_in(event: Event) -> bool:
    """Whether they can name this event without having guessed."""
    token = presented_token()
    if token is not None and token.participant_id is not None:
        person = db.session.get(Participant, token.participant_id)
        return person is not None and person.event_id == event.id
    return bool(
        token is not None
        or current_user.is_authenticated
        or remembered_participant(event.id)
        or str(event.id) in session.get("screens", {})
    )
