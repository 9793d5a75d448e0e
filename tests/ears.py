"""What an audience hears: the real publisher with a socket that keeps what is sent."""

import contextvars
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from app import outbox
from app.events.models import Event, Participant
from app.extensions import db
from app.outbox import Fact
from app.realtime import Audience, Publisher, View
from tests.browsers import Visitor


@dataclass
class Everybody:
    """Socket.IO's rooms as the publisher asks for them: all are full."""

    sids: dict[str, list[str]] = field(default_factory=dict)

    def get(self, _key: str, _default: object = None) -> Any:
        """Whatever is asked for has somebody in it."""
        return self or True

    def __len__(self) -> int:
        """How many connections a room has."""
        return 1

    def get_participants(self, _namespace: str, room: str) -> list[tuple[str, str]]:
        """The connections in a room."""
        return [(f"sid of {room}", "")]

    @property
    def rooms(self) -> "Everybody":
        """The rooms."""
        return self

    @property
    def manager(self) -> "Everybody":
        """The server's manager."""
        return self


@dataclass
class KeepingSocket:
    """Stands for Flask-SocketIO; keeps messages and disconnections."""

    sent: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)
    disconnected: list[str] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)
    manager: Everybody = field(default_factory=Everybody)

    @property
    def server(self) -> "KeepingSocket":
        """The server behind it."""
        return self

    def emit(self, name: str, message: dict[str, Any], to: str) -> None:
        """Keep a message."""
        self.sent.append((name, message, to))

    def sleep(self, _seconds: float) -> None:
        """Nobody else is waiting."""

    def rooms(self, _sid: str) -> list[str]:
        """The rooms that the connection is in."""
        return list(self.entered)

    def leave_room(self, _sid: str, room: str) -> None:
        """Keep that a connection is no longer in a room."""
        self.entered.remove(room)

    def disconnect(self, sid: str) -> None:
        """Keep that a connection was closed."""
        self.disconnected.append(sid)


def entries_after(channel: str, after: int, to: int) -> list[outbox.Entry]:
    """The entries of a channel after one position, up to another."""
    return outbox.entries_between({channel: (after, to)})[channel]


class Ear:
    """One audience from a moment on."""

    def __init__(self, app: Flask, audience: Audience) -> None:
        self.audience = audience
        self.socket = KeepingSocket()
        self.publisher = Publisher(app, self.socket)  # type: ignore[arg-type]
        self.from_position = outbox.position(audience.source)
        db.session.rollback()
        with app.app_context():
            self.publisher.join(audience)

    @classmethod
    def of(
        cls,
        app: Flask,
        whom: Event | Visitor | Participant,
        view: View | None,
        language: str,
        source: str | None,
    ) -> "Ear":
        """The ear of a view of an event (or of another source), or of one person's devices."""
        if isinstance(whom, Event):
            view = view or View.HALL
            name = {View.HALL: "event"}.get(view, view.value)
            source = source or whom.channel
            return cls(app, Audience(f"{name}:{whom.code}", source, view, language))
        person = whom.person if isinstance(whom, Visitor) else whom
        return cls(app, Audience(person.channel, person.channel, View.PERSON, language))

    def listen(self) -> None:
        """Let the publisher do one tick."""
        contextvars.Context().run(self.publisher.tick)

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The changes that have come, the newest too."""
        self.listen()
        return [message for name, message, _ in self.socket.sent if name == "change"]

    @property
    def html(self) -> str:
        """All that has been heard, as one text."""
        return "\n".join(message["html"] for message in self.messages)

    @property
    def facts(self) -> list[Fact]:
        """What has been announced on the source since."""
        db.session.rollback()
        source = self.audience.source
        entries = entries_after(source, self.from_position, outbox.position(source))
        return [entry.fact for entry in entries]

    @property
    def is_closed(self) -> bool:
        """Whether the connections of this audience were closed."""
        self.listen()
        return bool(self.socket.disconnected)
