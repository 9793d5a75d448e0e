"""Audiences: who sees the same, and which channels a connection may hear.

The server alone decides, when a page subscribes, with the same rules that its routes use: what a
page asks for is a channel's name, never a role.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from app.errors import NotFound


class View(StrEnum):
    """Where a partial is seen."""

    HALL = "hall"
    COCKPIT = "cockpit"
    REMOTE = "remote"
    SCREEN = "screen"
    ROOM = "room"
    SPACE = "space"
    PERSON = "person"


@dataclass(frozen=True)
class Audience:
    """Those who get the same bytes: one view of one source of facts, in one language."""

    channel: str  # the name that pages know, cockpit:CODE for instance
    source: str  # the channel whose facts are heard, event:CODE for instance
    view: View
    language: str
    space_id: int | None = None  # set where only the readers of a space may hear it

    @property
    def key(self) -> str:
        """The name of the Socket.IO room that holds this audience."""
        return f"{self.channel}|{self.view}|{self.language}"


Authoriser = Callable[[str], Audience]
_authorisers: dict[str, Authoriser] = {}


def channel(kind: str) -> Callable[[Authoriser], Authoriser]:
    """Mark the function that says which audience the present person is in, or raises."""

    def register(authoriser: Authoriser) -> Authoriser:
        _authorisers[kind] = authoriser
        return authoriser

    return register


def audience_for(name: object) -> Audience:
    """The audience of this channel that the present person belongs to; raises `DomainError`."""
    kind, _, key = name.partition(":") if isinstance(name, str) else ("", "", "")
    authorise = _authorisers.get(kind)
    if authorise is None or not key or len(key) > 64:
        raise NotFound
    return authorise(key)
