"""How often somebody may do what: the one table of limits, and who is counted.

Somebody known is counted as themselves, whatever address they share (`identity.who`). Of somebody
unknown only the address is known, behind which a whole hall may sit: what counts by address alone
is generous, and what could be guessed counts by its failures. Beyond a limit the answer is 429
with the seconds until it is lifted.
"""

import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from flask import Flask, Response, request
from limits import RateLimitItem, parse

from app import limit_storage  # noqa: F401  # found by the scheme of its addresses
from app.errors import TooMany
from app.extensions import limiter
from app.identity import is_somebody, who

# Of one person, for each kind of thing.
WRITING = "40 per minute"  # a text that others get to see
TAPPING = "240 per minute"  # supports, reactions, marks, subscriptions
ASKING_FOR_HELP = "20 per minute"  # which calls those who lead
LOOKING_UP = "120 per minute"  # searches, previews, drafts
READING = "300 per minute"  # by programs; pages are limited by nothing but the server's strength
LEADING = "240 per minute"  # by programs that lead an event
CHANGING = "300 per minute"  # every other change
SENDING_MAIL = "300 per hour"  # invitations
KEEPING = "120 per hour"  # files, tables of people, whole exports
ASKING_FOR_MAIL = "6 per hour"  # letters to an address that nobody has confirmed
LETTERS_TO = "4 per day"  # such letters to one address
FETCHING_FEED = "60 per hour"  # of one feed

# Of one address.
JOINING = "1500 per minute"  # a hall of a thousand comes in within a minute
WRONG_LINKS = "300 per minute"  # secrets of 192 bits: nobody finds one, this only spares us
STRANGERS = "6000 per minute"  # every other change by people who are not known yet

CHANGES = frozenset({"POST", "PUT", "DELETE", "PATCH"})

View = TypeVar("View", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Attach the limits: each change has one, if not by its route then the usual one."""
    limiter.init_app(app)

    @app.before_request
    def count_change() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if request.method in CHANGES and not getattr(view, "has_limit", False):
            require_within(CHANGING if is_somebody() else STRANGERS, "changes", who())


def limited(rate: str, what: str, *, methods: list[str] | None = None) -> Callable[[View], View]:
    """Mark a route: one person may do this kind of thing so often, by whatever route."""
    return _marking(limiter.shared_limit(rate, scope=what, key_func=who, methods=methods))


def limited_by_address(rate: str, what: str) -> Callable[[View], View]:
    """Mark a route that people use before anybody knows them: counted by their address."""
    return _marking(limiter.shared_limit(rate, scope=what))


def opened_by_secret(view: View) -> View:
    """Mark a route whose address is a secret: only what opened nothing counts."""
    limit = limiter.shared_limit(WRONG_LINKS, scope="wrong links", deduct_when=_opened_nothing)
    return _marking(limit)(view)


def _marking(limit: Any) -> Callable[[View], View]:
    def mark(view: View) -> View:
        marked = limit(view)
        marked.has_limit = True
        return marked  # type: ignore[no-any-return]

    return mark


def _opened_nothing(response: Response) -> bool:
    return response.status_code in (404, 410)


def hit(rate: str, *key: str) -> bool:
    """Count one; returns whether it is within the limit."""
    return not limiter.enabled or limiter.limiter.hit(_parsed(rate), *key)


def require_within(rate: str, *key: str) -> None:
    """Count one; raises `TooMany` beyond the limit, with the seconds that are left."""
    if not hit(rate, *key):
        raise TooMany(retry_after=seconds_left(rate, *key))


def would_pass(rate: str, *key: str) -> bool:
    """Whether one more would be within the limit; counts nothing."""
    return not limiter.enabled or limiter.limiter.test(_parsed(rate), *key)


def forget(rate: str, *key: str) -> None:
    """Count from the beginning."""
    if limiter.enabled:
        limiter.limiter.clear(_parsed(rate), *key)


def seconds_left(rate: str, *key: str) -> int:
    """Seconds until a limit that is used up is lifted."""
    return _until(limiter.limiter.get_window_stats(_parsed(rate), *key).reset_time)


def refusal() -> TooMany:
    """What to tell whoever has just come up against the limit of a route."""
    limit = limiter.current_limit
    return TooMany(retry_after=_until(limit.reset_at) if limit else None)


def _until(moment: float) -> int:
    return max(1, round(moment - time.time() + 0.5))


@lru_cache
def _parsed(rate: str) -> RateLimitItem:
    return parse(rate)
