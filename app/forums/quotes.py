"""Quotes: a piece of a post as it stands in an answer."""

from flask_babel import gettext as _

from app.forums.models import Post

LONGEST_QUOTE = 1500  # characters


def quote_of(post: Post, part: str = "") -> str:
    """A post in Markdown, or the part of it that was marked, with its author and a link to it."""
    words = part.strip() or _own_words(post.text)
    if len(words) > LONGEST_QUOTE:
        words = f"{words[:LONGEST_QUOTE].rstrip()} …"
    name = _plain(post.signed_by.name or "") if post.signed_by else ""
    said = _("%(name)s wrote:", name=name) if name else _("Somebody wrote:")
    lines = [f"[{said}](/posts/{post.id})", "", *words.splitlines()]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


def _own_words(text: str) -> str:
    """What somebody said themselves; a quote in a quote says nothing new."""
    own = [line for line in text.splitlines() if not line.startswith(">")]
    return "\n".join(own).strip() or text


def _plain(name: str) -> str:
    """A name that neither ends the link nor is Markdown."""
    return "".join(c for c in name if c not in "[]()\\`*_<>")
