"""Drafts: texts in Markdown as the composer sends them, to be kept or only to be looked at."""

from dataclasses import dataclass

from flask import request
from markupsafe import Markup

from app.offload import run_aside
from app.richtext import RichText, render, written
from app.submissions import checked


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
