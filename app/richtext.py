"""Markdown to safe HTML: the one place that knows how."""

from collections.abc import MutableMapping

import bleach
import markdown

TAGS = frozenset(
    """a abbr blockquote br code del em h3 h4 hr li ol p pre strong
    table tbody td th thead tr ul""".split()
)
ATTRIBUTES = {"a": ["href", "title", "rel"], "abbr": ["title"]}
Attributes = MutableMapping[tuple[str | None, str], str]
PROTOCOLS = frozenset({"http", "https", "mailto"})


def render(text: str) -> str:
    """Markdown as HTML without anything active; links tell the other side nothing."""
    html = markdown.markdown(text, extensions=["nl2br", "sane_lists", "tables"])
    clean = bleach.clean(html, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)
    return str(bleach.linkify(clean, callbacks=[_careful_link], skip_tags={"pre", "code"}))


def _careful_link(attributes: Attributes, new: bool = False) -> Attributes:  # noqa: ARG001
    attributes[(None, "rel")] = "nofollow noopener noreferrer"
    return attributes
