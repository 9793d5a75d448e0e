"""What the embedded server says at its start: how to join, and how to lead."""

import io
from collections.abc import Iterator
from pathlib import Path

import segno
from sqlalchemy import select

from app.addresses import external_url, public_root
from app.demo.sample import MODERATOR, kept_password
from app.events.models import Event
from app.extensions import db


def greeting(instance: Path) -> str:
    """The whole text."""
    return "\n".join(_lines(instance))


def _lines(instance: Path) -> Iterator[str]:
    event, password = _newest_event(), kept_password(instance)
    yield ""
    yield f"  Dialograum is at  {public_root()}"
    if event is not None:
        yield from _joining(event)
    yield f"  Sign in           {external_url('accounts.sign_in')}"
    if password is not None:
        yield f"  as moderator      {MODERATOR}"
        yield f"  password          {password}"
    if event is not None:
        yield f"  Cockpit           {external_url('events.cockpit', code=event.code)}"
        yield f"  Screen            {external_url('events.screen', code=event.code)}"
        yield "                    (both open once the moderator is signed in)"
    if event is not None and password is not None:
        crowd = f"flask --app wsgi demo crowd --url {public_root()} --event {event.code}"
        yield f"  Play a crowd      .venv/bin/{crowd} --people 60"
    yield ""


def _joining(event: Event) -> Iterator[str]:
    join = external_url("events.join", code=event.code)
    yield ""
    yield f"  {event.title}"
    yield f"  Join code         {event.code}"
    yield f"  Join address      {join}"
    yield ""
    yield qr_code(join)


def _newest_event() -> Event | None:
    """The event that was made last, which is the sample on a fresh machine."""
    return db.session.scalar(
        select(Event).where(Event.is_template.is_(False)).order_by(Event.id.desc()).limit(1)
    )


def qr_code(text: str) -> str:
    """A QR code for a terminal."""
    drawn = io.StringIO()
    segno.make(text, error="m").terminal(drawn, border=2, compact=True)
    return "".join(f"    {line}" for line in drawn.getvalue().splitlines(keepends=True))
