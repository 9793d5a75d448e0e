"""Who may do what in an event."""

from app.permissions import EVERYBODY, MODERATORS, WRITERS, allow

allow("events.see", EVERYBODY)
allow("events.write", WRITERS)
allow("events.moderate", MODERATORS)
