"""How often somebody may try to sign in or ask for a link.

A whole hall shares one address, so what counts by address is generous; what counts by account is
strict from one address, and from all addresses together just strict enough to stop guessing.
"""

import hashlib

from flask_babel import lazy_gettext as _l

from app.addresses import client_address
from app.errors import TooMany
from app.limits import forget, hit, would_pass

FROM_HERE = "8 per 10 minutes"  # for one account, from one address
FOR_ACCOUNT = "60 per hour"  # for one account, from anywhere
FROM_ADDRESS = "200 per 10 minutes"  # failures, for any account
RESETS = "5 per hour"  # for one account
RESETS_FROM_ADDRESS = "60 per hour"
WAIT = 600  # seconds


class TooManyAttempts(TooMany):
    """Somebody has tried too often."""

    message = _l("Those were too many attempts. Please wait ten minutes and try again.")
    retry_after = WAIT


def count_attempt(email: str) -> None:
    """Count an attempt to sign in before it is looked at; raises `TooManyAttempts`."""
    _require(
        would_pass(FROM_ADDRESS, "sign-in", client_address())
        and hit(FROM_HERE, *_here(email))
        and hit(FOR_ACCOUNT, "sign-in", _short(email))
    )


def count_failure() -> None:
    """An attempt from this address has failed."""
    hit(FROM_ADDRESS, "sign-in", client_address())


def forget_attempts(email: str) -> None:
    """They knew the password in the end."""
    forget(FROM_HERE, *_here(email))


def count_reset(email: str) -> None:
    """Count a wish for a new password; raises `TooManyAttempts`."""
    _require(
        hit(RESETS_FROM_ADDRESS, "reset", client_address()) and hit(RESETS, "reset", _short(email))
    )


def _here(email: str) -> tuple[str, str, str]:
    return "sign-in", _short(email), client_address()


def _short(email: str) -> str:
    """Anything can be typed as an address: what counts it has one length."""
    return hashlib.sha256(email.encode()).hexdigest()


def _require(within_limits: bool) -> None:
    if not within_limits:
        raise TooManyAttempts
