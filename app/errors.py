"""What a person may not do or has got wrong, and how each kind is answered."""

from typing import Any

from flask_babel import lazy_gettext as _l


class DomainError(Exception):
    """Something a person can be told: a status, and a sentence in their language."""

    status = 400
    message: Any = _l("That did not work.")
    retry_after: int | None = None  # seconds until it makes sense to try again

    def __init__(
        self, message: Any = None, *, retry_after: int | None = None, **details: Any
    ) -> None:
        super().__init__(message or self.message)
        if message is not None:
            self.message = message
        if retry_after is not None:
            self.retry_after = retry_after
        self.details = details


class NeedsSignIn(DomainError):
    """Nobody is signed in or has joined, and somebody has to."""

    status = 401
    message = _l("Please join the event or sign in first.")


class Refused(DomainError):
    """This person may not do this."""

    status = 403
    message = _l("You may not do this here.")


class NotFound(DomainError):
    """There is no such thing, or not for this person."""

    status = 404
    message = _l("This page does not exist, or is not meant for you.")


class Conflict(DomainError):
    """What was asked does not fit the present state."""

    status = 409
    message = _l("In the meantime something has changed. Please look again.")


class Invalid(DomainError):
    """The input cannot be taken as it is."""

    status = 422
    message = _l("Please check what you have entered.")


class TooMany(DomainError):
    """More than is allowed in this time."""

    status = 429
    message = _l("That was a lot at once. Please wait a moment and try again.")
    retry_after = 5


class Busy(DomainError):
    """The server cannot take this now, but will soon."""

    status = 503
    message = _l("Very many are writing just now. Please try again in a moment.")
    retry_after = 2


class Away(DomainError):
    """The database does not answer, but will again."""

    status = 503
    message = _l("The server is just starting again. Please try again in a moment.")
    retry_after = 3


class Full(DomainError):
    """The server has no room left to keep anything."""

    status = 507
    message = _l(
        "The server cannot keep anything just now: its disk is full. Nothing of this was saved."
    )
    retry_after = 8
