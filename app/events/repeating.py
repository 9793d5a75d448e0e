"""What is asked once more, and once more: how often at most."""

from flask_babel import lazy_gettext as _l

from app.errors import Conflict

MOST_ROUNDS = 4  # more nobody compares


def require_comparable(rounds: int) -> None:
    """Raise if there have been so many rounds that nobody compares another one with them."""
    if rounds >= MOST_ROUNDS:
        raise Conflict(_l("More than %(most)d rounds cannot be compared.", most=MOST_ROUNDS))
