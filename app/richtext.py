"""Markdown to safe HTML: the one place that knows how."""

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import bleach
import markdown
from bleach.linkifier import URL_RE, LinkifyFilter
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
Token = dict[str, Any]  # of an HTML tree, as html5lib's filters pass them on
Attributes = MutableMapping[tuple[str | None, str], str]
PROTOCOLS = frozenset({"http", "https", "mailto"})
VERBATIM = frozenset({"pre", "code"})  # what is shown as it was typed
LONGEST = 2000  # characters
# The time to read a text grows with the square of these:
MOST_BRACKETS = 200
MOST_TAGS = 500  # or what begins like one
MOST_LINES = 1500


def _bounded(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """What finds addresses in a line, in a time that grows with its length and not its square."""
    bounds = {
        r"\(*": r"\({0,9}",
        r"([\w-]+\.)+": r"([\w-]{1,63}\.){1,9}",
        r"(?:\w+:)?\w+@": r"(?:\w{1,63}:)?\w{1,63}@",
    }
    text = pattern.pattern
    for open_end, bounded in bounds.items():
        text = text.replace(open_end, bounded)
    return re.compile(text, pattern.flags)


ADDRESSES = _bounded(URL_RE)


@dataclass(frozen=True)
class RichText:
    """What somebody wrote as Markdown, and the safe HTML of it."""

    text: str
    html: str

    @property
    def columns(self) -> dict[str, str]:
        """The columns of what is new with these words."""
        return {"text": self.text, "html": self.html, "submitted_text": self.text}


@dataclass(frozen=True)
class Link:
    """A piece of a line that becomes a link within this server: from, to, where, and as what."""

    start: int
    end: int
    path: str
    shown: str


Finder = Callable[[str], Iterable[Link]]  # finds links in a line of safe text, in order


def written(text: str, most: int = LONGEST, finders: Sequence[Finder] = ()) -> RichText:
    """Check and render what somebody wrote, before the transaction that keeps it.

    Raises `Invalid`, also for what would look empty.
    """
    tidy = checked(text, most)
    html = run_aside(render, tidy, finders=finders)
    if not bleach.clean(html, tags=(), strip=True).strip():
        raise Invalid(_l("Please write something first."))
    return RichText(tidy, html)


def render(
    text: str, *, more_tags: frozenset[str] = frozenset(), finders: Sequence[Finder] = ()
) -> str:
    """Markdown as HTML without anything active; links tell the other side nothing."""
    links = partial(
        LinkifyFilter, callbacks=[_careful_link], skip_tags=set(VERBATIM), url_re=ADDRESSES
    )
    ours: list[Any] = [partial(_with_links, find=find) for find in finders]
    # Not bleach.linkify, which writes &lt; in code as &amp;lt;.
    cleaner = bleach.Cleaner(
        TAGS | more_tags, ATTRIBUTES, protocols=PROTOCOLS, strip=True, filters=[*ours, links]
    )
    return str(cleaner.clean(_parsed(text)))


def _with_links(source: Iterable[Token], find: Finder) -> Iterator[Token]:
    """What a finder finds in already safe text becomes a link, but not in code nor in links."""
    inside = 0
    for token in source:
        if token["type"] in ("StartTag", "EndTag") and token["name"] in VERBATIM | {"a"}:
            inside += 1 if token["type"] == "StartTag" else -1
        if token["type"] == "Characters" and not inside:
            yield from _linked(token["data"], find)
        else:
            yield token


def _linked(text: str, find: Finder) -> Iterator[Token]:
    end = 0
    for link in find(text):
        if link.start < end:
            continue
        yield {"type": "Characters", "data": text[end : link.start]}
        yield {"type": "StartTag", "name": "a", "data": {(None, "href"): link.path}}
        yield {"type": "Characters", "data": link.shown}
        yield {"type": "EndTag", "name": "a"}
        end = link.end
    yield {"type": "Characters", "data": text[end:]}


def _parsed(text: str) -> str:
    """HTML, not safe yet; what would keep the parser busy for seconds stays as it was typed."""
    if not _is_tedious(text):
        try:
            return markdown.markdown(text, extensions=["nl2br", "sane_lists", "tables"])
        except RecursionError:
            pass
    return "<p>{}</p>".format(str(escape(text)).replace("\n", "<br>"))


def _is_tedious(text: str) -> bool:
    most = {"[": MOST_BRACKETS, "<": MOST_TAGS, "\n": MOST_LINES}
    return any(text.count(sign) > number for sign, number in most.items())


def _careful_link(attributes: Attributes, new: bool = False) -> Attributes:  # noqa: ARG001
    attributes[(None, "rel")] = "nofollow noopener noreferrer"
    return attributes
