"""What the application needs from digests of events."""

from flask import Flask

from app.eventdigests import own_data, permissions, sending  # noqa: F401
from app.eventdigests.queries import recipients, sent_count
from app.eventdigests.routes import bp
from app.events import merging, retention
from app.events import own_data as event_data
from app.events.models import Event


def register(app: Flask) -> None:
    """Attach the routes, and what is to be done when guests go or become members."""
    event_data.register(own_data.part)
    merging.register(own_data.move)
    retention.also(own_data.forget_guests)
    app.jinja_env.globals["digest_counts"] = digest_counts
    app.register_blueprint(bp)


def digest_counts(event: Event) -> dict[str, int]:
    """How many wait for the digest, and how many have it."""
    return {"waiting": len(recipients(event.id)), "sent": sent_count(event.id)}
