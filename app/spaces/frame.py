"""What every page of a space carries around its content, and what its front page shows.

Features add tabs and panels here when they are imported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app import outbox
from app.realtime.audiences import View
from app.spaces.models import Member, Space
from app.spaces.trees import surroundings


def _unmarked(_space: Space, _member: Member) -> Markup:
    return Markup()


@dataclass(frozen=True)
class Tab:
    """A way to another page of the space; none where `url` says None."""

    label: Any
    icon: str
    url: Callable[[Space, Member], str | None]
    place: int
    mark: Callable[[Space, Member], Markup] = _unmarked  # what stands beside it, a number


@dataclass(frozen=True)
class Panel:
    """A piece of a space's front page; those from `ASIDE` on stand at the side where it is wide."""

    template: str
    load: Callable[[Space, Member], dict[str, Any]]
    place: int


ASIDE = 40
News = Callable[[int], dict[int, int]]  # of an account: how much is new to it, by space

_tabs: list[Tab] = []
_panels: list[Panel] = []
_news: list[News] = []


def register_tab(tab: Tab) -> None:
    """Add a tab; they stand in the order of their places."""
    _tabs[:] = [known for known in _tabs if known.url != tab.url]  # of an application made before
    _tabs.append(tab)
    _tabs.sort(key=lambda t: t.place)


def register_panel(panel: Panel) -> None:
    """Add a panel; they stand in the order of their places."""
    _panels[:] = [known for known in _panels if known.template != panel.template]
    _panels.append(panel)
    _panels.sort(key=lambda p: p.place)


def register_news(count: News) -> None:
    """Add what is counted beside the spaces of somebody's list."""
    if count not in _news:
        _news.append(count)


def news(account_id: int) -> dict[int, int]:
    """How much is new to somebody, in each space where anything is."""
    total: dict[int, int] = {}
    for count in _news:
        for space_id, number in count(account_id).items():
            total[space_id] = total.get(space_id, 0) + number
    return total


def tabs(space: Space, member: Member) -> list[dict[str, Any]]:
    """The tabs of a space's pages for this person."""
    found = [(tab, tab.url(space, member)) for tab in _tabs]
    return [
        {"label": tab.label, "icon": tab.icon, "url": url, "mark": tab.mark(space, member)}
        for tab, url in found
        if url
    ]


def panels(space: Space, member: Member) -> list[dict[str, Any]]:
    """What the front page shows to this person: templates and their contexts."""
    return [
        {"template": panel.template, "aside": panel.place >= ASIDE, **panel.load(space, member)}
        for panel in _panels
    ]


def page_context(space: Space, member: Member | None) -> dict[str, Any]:
    """What every page of a space needs; call it before the page's data is read.

    An admin who looks after a space without reading it is no member: their pages hear nothing.
    """
    sees = member if member is not None and member.sees_around else None
    return {
        "space": space,
        "me": member,
        "view": View.SPACE,
        "version": outbox.position(space.channel),
        "around": surroundings(space, sees.account_id) if sees else None,
        "space_tabs": tabs(space, sees) if sees else [],
    }
