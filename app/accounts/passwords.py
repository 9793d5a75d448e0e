"""Passwords: hashed with argon2, beside the event loop, since that is meant to take its time."""

import secrets
import threading
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.offload import run_aside

SHORTEST, LONGEST = 10, 200  # characters
AT_ONCE = 4  # each takes 32 MiB of memory for a moment
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is read as something else

_hasher = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
_turns = threading.BoundedSemaphore(AT_ONCE)


def hashed(password: str) -> str:
    """What is kept of a password; never call this inside a transaction."""
    return str(_aside(_hasher.hash, _normal(password)))


def fits(password: str, hash: str | None) -> bool:
    """Whether it is the password with this hash; takes as long where there is none."""
    return bool(_aside(_verified, hash, _normal(password)))


def is_outdated(hash: str) -> bool:
    """Whether it was hashed with other costs than today's."""
    return _hasher.check_needs_rehash(hash)


def generated() -> str:
    """A random password that can be read out: four groups of five, 99 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
    return "-".join(groups)


def _verified(hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(hash or _nobodys(), password) and hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    """What an unknown address is compared with, so that its answer takes as long."""
    return _hasher.hash(secrets.token_hex())


def _normal(password: str) -> str:
    """The same for ü typed as one character or as two, as keyboards differ."""
    return unicodedata.normalize("NFKC", password)


def _aside(function: Callable[..., Any], *args: Any) -> Any:
    with _turns:
        return run_aside(function, *args)
