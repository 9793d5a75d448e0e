"""Heads: what stands above the posts of a thread, above the threads of a forum, and in its menu.

A feature registers what draws its own here when it is imported: where a thread came from, what a
forum hands in. It is drawn when the page is, for whoever reads it.
"""

from collections.abc import Callable, Iterable

from markupsafe import Markup

from app.forums.models import Forum, Thread

_of_threads: list[Callable[[Thread], Iterable[Markup]]] = []
_of_forums: list[Callable[[Forum], Iterable[Markup]]] = []
_in_menus: list[Callable[[Forum], Iterable[Markup]]] = []


def register_for_threads(draw: Callable[[Thread], Iterable[Markup]]) -> None:
    """Add what may stand above a thread's posts."""
    if draw not in _of_threads:
        _of_threads.append(draw)


def register_for_forums(draw: Callable[[Forum], Iterable[Markup]]) -> None:
    """Add what may stand above a forum's threads."""
    if draw not in _of_forums:
        _of_forums.append(draw)


def register_for_menus(draw: Callable[[Forum], Iterable[Markup]]) -> None:
    """Add what may stand in a forum's menu: list items."""
    if draw not in _in_menus:
        _in_menus.append(draw)


def above_thread(thread: Thread) -> list[Markup]:
    """What stands above this thread's posts."""
    return [piece for draw in _of_threads for piece in draw(thread)]


def above_forum(forum: Forum) -> list[Markup]:
    """What stands above this forum's threads."""
    return [piece for draw in _of_forums for piece in draw(forum)]


def in_menu(forum: Forum) -> list[Markup]:
    """What stands in this forum's menu beside what is always there."""
    return [piece for draw in _in_menus for piece in draw(forum)]
