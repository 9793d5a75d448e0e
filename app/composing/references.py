"""References: what a post links to in a line of its own, shown as a card below it.

A feature registers its kinds here when it is imported. A card is the same for everybody who reads
the post, so it says something only where all of them may read what it leads to.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import has_request_context, request

from app.addresses import MOST_ID, local_path, public_root
from app.richtext import Finder, Link

MOST_CARDS = 5  # under one post
MOST_OFFERED = 200  # of one kind


@dataclass(frozen=True)
class Card:
    """What is known of something that is linked, and the space whose people may read it."""

    title: str
    space_id: int | None
    place: str = ""  # what it is in: a forum, an event
    voices: Any = ""  # how many people are behind it, in words


@dataclass(frozen=True)
class Offer:
    """Something that can be linked from a space, for whom it is too far to look for its address."""

    path: str
    title: str
    place: str


def _nothing(_space_id: int) -> Sequence[Offer]:
    return ()


@dataclass(frozen=True)
class ReferenceKind:
    """A kind of thing that has an address.

    `match` knows the thing of a path; `load` answers for those that everybody in their place sees;
    `offer` lists those of the space's own events, the newest first.
    What is in an event is not opened by another space of the same tree.
    """

    name: str
    label: Any
    icon: str
    match: Callable[[str], int | None]
    load: Callable[[Sequence[int]], Mapping[int, Card]]
    of_event: bool = False
    offer: Callable[[int], Sequence[Offer]] = _nothing


_kinds: dict[str, ReferenceKind] = {}


def register(kind: ReferenceKind) -> None:
    """Make a kind known."""
    _kinds[kind.name] = kind


def kinds() -> Mapping[str, ReferenceKind]:
    """All kinds by their names."""
    return dict(_kinds)


def under(prefix: str) -> Callable[[str], int | None]:
    """What matches `/threads/12` for the prefix "/threads/"."""

    def match(path: str) -> int | None:
        number = path.partition("?")[0].partition("#")[0].removeprefix(prefix)
        is_ours = path.startswith(prefix) and number.isdecimal() and len(number) < 11
        return int(number) if is_ours and int(number) <= MOST_ID else None

    return match


def within_event(name: str) -> Callable[[str], int | None]:
    """What matches `/e/CODE#concern-12`, on any page of an event, for the name "concern"."""

    def match(path: str) -> int | None:
        page, _, fragment = path.partition("#")
        return under(f"{name}-")(fragment) if page.startswith("/e/") else None

    return match


def either(*matches: Callable[[str], int | None]) -> Callable[[str], int | None]:
    """What matches one or the other."""
    return lambda path: next((id for match in matches if (id := match(path)) is not None), None)


def links_in(text: str) -> list[tuple[ReferenceKind, int, str]]:
    """What a text links to in lines of their own: the kind, the id and the path of each, once."""
    found: dict[tuple[str, int], tuple[ReferenceKind, int, str]] = {}
    for line in text.splitlines():
        path = own_path(line.strip().strip("<>"))
        for kind in _kinds.values() if path else ():
            id = kind.match(path)
            if id is not None:
                found.setdefault((kind.name, id), (kind, id, path))
                break
    return list(found.values())[:MOST_CARDS]


def addresses_in() -> Finder:
    """Finds addresses on this server, which become links within it wherever it is reached."""
    roots = "|".join(re.escape(root) for root in _roots())
    pattern = re.compile(rf"(?<!\S)(?:{roots})(/[^\s<>\"]*[^\s<>\".,;:!?)])")

    def find(text: str) -> Iterator[Link]:
        for match in pattern.finditer(text):
            if local_path(match[1], otherwise=""):
                yield Link(match.start(), match.end(), match[1], match[0])

    return find


def own_path(address: str) -> str:
    """The path of an address on this server, with its query and fragment; empty for any other."""
    if not address or " " in address or len(address) > 300:
        return ""
    for root in _roots():
        if address.startswith(f"{root}/"):
            return local_path(address.removeprefix(root), otherwise="")
    return "" if urlsplit(address).scheme else local_path(address, otherwise="")


def _roots() -> list[str]:
    return [public_root(), *([request.host_url.rstrip("/")] if has_request_context() else [])]
