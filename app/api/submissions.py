"""What all submitted texts share."""

from flask_babel import lazy_gettext as _l

from app.api.bodies import Field, text
from app.errors import Conflict


def key_field(*, required: bool = True) -> Field:
    """The sender's own name for this submission, so that a retry is known as one."""
    return text("key", 64, "8f14e45fceea167a", required=required)


def require_same_place(first: int | None, now: int | None) -> None:
    """Raise `Conflict` if a key was used before for the same text, but somewhere else."""
    if first != now:
        raise Conflict(_l("This key has been used already, for something else."))
