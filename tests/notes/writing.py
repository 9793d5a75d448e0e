"""Pages that write in shared notes, as the tests of this folder need them."""

import contextvars
from base64 import b64encode
from typing import Any

from flask import Flask
from pycrdt import Doc, Text

from app.breakouts.models import Room
from app.database import locked, transaction
from app.notes import actions
from app.notes.models import Notes
from app.notes.packets import answered, write_notes
from app.notes.updates import ROOT
from tests.browsers import Visitor
from tests.factories import look_again


class Paper:
    """A page's copy of the notes; `client` is its own number."""

    def __init__(self, client: int = 1, *before: bytes) -> None:
        self.client = client
        self.document: Doc[Text] = Doc(client_id=client)
        self.shared = self.document.get(ROOT, type=Text)
        for update in before:
            self.document.apply_update(update)

    @property
    def text(self) -> str:
        """What stands there."""
        return str(self.shared)

    def take(self, *updates: bytes) -> None:
        """Take in what others have written."""
        for update in updates:
            self.document.apply_update(update)

    def type(self, words: str, at: int | None = None) -> bytes:
        """Type something, at the end or elsewhere; returns the update."""
        state = self.document.get_state()
        if at is None:
            self.shared += words
        else:
            self.shared.insert(at, words)
        return self.document.get_update(state)

    def delete(self, begin: int, end: int) -> bytes:
        """Delete something; returns the update."""
        state = self.document.get_state()
        del self.shared[begin:end]
        return self.document.get_update(state)


def send(visitor: Visitor, room: Room, update: Any, epoch: str = "") -> dict[str, Any]:
    """What the server answers when this person's page sends what was written."""
    text = b64encode(update).decode() if isinstance(update, bytes) else update
    message = {"room": room.id, "epoch": epoch or begun(room).epoch, "update": text}
    headers = {"Cookie": visitor.browser.cookie(), "Accept-Language": visitor.browser.language}
    answer: dict[str, Any] = contextvars.Context().run(
        _answer, visitor.browser.application, headers, message
    )
    look_again()
    return answer


def _answer(app: Flask, headers: dict[str, str], message: dict[str, Any]) -> dict[str, Any]:
    with app.test_request_context(headers=headers):
        return answered(write_notes)(message)


def begun(room: Room) -> Notes:
    """The notes of a room, which the first page that is opened begins."""
    with transaction():
        return actions.begin(locked(Room, room.id))
