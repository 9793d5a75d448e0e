"""What can go wrong on the way into a video call."""

from flask_babel import lazy_gettext as _l

from app.errors import DomainError, NotFound


class VideoAway(DomainError):
    """The video server did not answer as it should; what it did say is for the log alone."""

    status = 503
    message = _l("The video call cannot be reached just now. Please try again in a moment.")
    retry_after = 10

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class VideoOff(NotFound):
    """No video server is set."""

    message = _l("There are no video calls here.")
