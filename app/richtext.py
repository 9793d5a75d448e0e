"""Markdown to safe HTML: the one place that knows how."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from functools import partial

import bleach
import markdown
from bleach.linkifier import LinkifyFilter
from flask_babel import lazy_gettext as _l
from markupsafe import escape

from app.errors import Invalid
from app.offload import run_aside
from app.submissions import checked

TAGS = frozenset(
    """a abbr blockquote br code del em h3 h4 hr li ol p pre strong
    table tbody td th thead tr ul""".split()
)
ATTRIBUTES = {"a": ["href", "title", "rel"], "abbr": ["title"]}
Attributes = MutableMapping[tuple[str | None, str], str]
PROTOCOLS = frozenset({"http", "https", "mailto"})
LONGEST = 2000  # characters
MOST_BRACKETS = 200  # the parser's time grows with the square of these


@dataclass(frozen=True)
class RichText:
    """What somebody wrote as Markdown, and the safe HTML of it."""

    text: str
    html: str


def written(text: str, most: int = LONGEST) -> RichText:
    """Check and render what somebody wrote, before the transaction that keeps it.

    Raises `Invalid`, also for what would look empty.
    """
    tidy = checked(text, most)
    html = run_aside(render, tidy)
    if not bleach.clean(html, tags=(), strip=True).strip():
        raise Invalid(_l("Please write something first."))
    return RichText(tidy, html)


def render(text: str, *, more_tags: frozenset[str] = frozenset()) -> str:
    """Markdown as HTML without anything active; links tell the other side nothing."""
    links = partial(LinkifyFilter, callbacks=[_careful_link], skip_tags={"pre", "code"})
    # Not bleach.linkify, which writes &lt; in code as &amp;lt;.
    cleaner = bleach.Cleaner(
        TAGS | more_tags, ATTRIBUTES, protocols=PROTOCOLS, strip=True, filters=[links]
    )
    return str(cleaner.clean(_parsed(text)))


def _parsed(text: str) -> str:
    """HTML, not safe yet; what would keep the parser busy for seconds stays as it was typed."""
    if text.count("[") <= MOST_BRACKETS:
        try:
            return markdown.markdown(text, extensions=["nl2br", "sane_lists", "tables"])
        except RecursionError:
            pass
    return "<p>{}</p>".format(str(escape(text)).replace("\n", "<br>"))


def _careful_link(attributes: Attributes, new: bool = False) -> Attributes:  # noqa: ARG001
    attributes[(None, "rel")] = "nofollow noopener noreferrer"
    return attributes
