"""Drafts: texts in Markdown as the composer sends them; and the desk at which authors change them.

Posts, proposals and answers of both kinds are edited and withdrawn in the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.database import found, transaction
from app.offload import run_aside
from app.richtext import RichText, render, written
from app.submissions import checked

Kind = TypeVar("Kind", bound=Any)  # a table with a text that somebody signs


@dataclass(frozen=True)
class Draft:
    """What was sent: the text, the page's key for it, and whether only a preview was asked for."""

    text: str
    key: str
    wants_preview: bool

    def words(self, most: int) -> RichText:
        """The text, checked and rendered; raises `Invalid`."""
        return written(self.text, most)


def sent_draft() -> Draft:
    """The text that came with this request."""
    form = request.form
    return Draft(form.get("text", ""), form.get("key", "")[:64], bool(form.get("preview")))


def preview_of(text: str, most: int) -> Markup:
    """How a text will look; raises `Invalid`."""
    return Markup(run_aside(render, checked(text, most)))  # noqa: S704 - safe by its making


@dataclass(frozen=True)
class Desk(Generic[Kind]):
    """How the author of one kind of writing says it differently, or takes it back.

    `author` returns the person on the other side, and raises unless it is theirs to change;
    `prepared` checks what was sent and returns what is to be done inside the transaction;
    `page` is the field on a page of its own.
    """

    table: type[Kind]
    held: Callable[[int], Kind]
    author: Callable[[Kind], Any]
    page: Callable[[Kind, Any, Draft], str]
    prepared: Callable[[Kind, Any, Draft], Callable[[Kind], None]]
    withdraw: Callable[[Kind, Any], None]
    back: Callable[[Kind], str]

    def open(self, id: int) -> str:
        """The field with the text as it stands."""
        writing = found(self.table, id)
        return self.page(writing, self.author(writing), Draft(writing.text, "", False))

    def save(self, id: int) -> str | Response:
        """Say it differently, or see how that would look."""
        sent, writing = sent_draft(), found(self.table, id)
        person = self.author(writing)
        if sent.wants_preview:
            return self.page(writing, person, sent)
        change = self.prepared(writing, person, sent)
        with transaction():
            writing = self.held(id)
            self.author(writing)
            change(writing)
        return redirect(self.back(writing), 303)

    def take_back(self, id: int) -> tuple[Kind, Any]:
        """Withdraw it; returns it with its author."""
        with transaction():
            writing = self.held(id)
            person = self.author(writing)
            self.withdraw(writing, person)
        return writing, person
