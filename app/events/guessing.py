"""Guessed codes: counted by address, and yet nobody can lock a hall out that shares one.

There are 32**6 codes, a thousand million. With `WRONG_CODES_IN_ALL` an address gets 48,000 guesses
a day, so somebody who tries day and night finds one certain event once in 61 years on average, and
any of a hundred that are open within 220 days. Ten people who type as fast as they can and never
right stay below `WRONG_CODES`.

Whoever is in an event already, or comes from where its code is known, is let through.
"""

import time
from collections import OrderedDict

from flask import has_request_context, session
from flask_login import current_user

from app.addresses import client_address
from app.errors import TooMany
from app.events.models import Event, Participant
from app.extensions import db, limiter
from app.identity import presented_token, remembered_participant
from app.limits import hit, seconds_left, would_pass

WRONG_CODES = "200 per minute"  # a thousand people type from one address, and not all well
WRONG_CODES_IN_ALL = "2000 per hour"
REMEMBERED = 12 * 3600  # seconds for which an address is known to know a code
KNOWN_HERE = 10_000  # addresses with a code that this process need not look up again

_known: OrderedDict[str, float] = OrderedDict()


def count(event: Event | None) -> None:
    """Count a code that was named, of this event or of none; raises `TooMany` for a guesser."""
    if not (limiter.enabled and has_request_context()):
        return
    if event is None:
        _require_patience()
        for rate in (WRONG_CODES, WRONG_CODES_IN_ALL):
            hit(rate, "codes", client_address())
    elif not _is_known_at(client_address(), event):
        if not _is_known_in(event):
            _require_patience()
        _remember(client_address(), event)


def is_known_here(code: str) -> bool:
    """Whether this process knows that somebody at this address may name this tidy code."""
    return not limiter.enabled or _known.get(_key(client_address(), code), 0) > time.monotonic()


def _require_patience() -> None:
    for rate in (WRONG_CODES, WRONG_CODES_IN_ALL):
        if not would_pass(rate, "codes", client_address()):
            raise TooMany(retry_after=seconds_left(rate, "codes", client_address()))


def _is_known_at(address: str, event: Event) -> bool:
    """Whether somebody at this address has named this code without having guessed."""
    key = _key(address, event.code)
    if _known.get(key, 0) > time.monotonic():
        return True
    if not limiter.storage.get(key):
        return False
    _keep(key, limiter.storage.get_expiry(key) - time.time())
    return True


def _remember(address: str, event: Event) -> None:
    """Let the others there name it, too: who prepares the hall opens it for all who come."""
    key = _key(address, event.code)
    limiter.storage.incr(key, REMEMBERED)
    _keep(key, REMEMBERED)


def _keep(key: str, seconds: float) -> None:
    """Spare this process the next look into the storage that all share."""
    _known[key] = time.monotonic() + seconds
    while len(_known) > KNOWN_HERE:
        _known.popitem(last=False)


def _key(address: str, code: str) -> str:
    return f"code/{address}/{code}"


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
