"""The pages with which admins look after the installation; features add theirs when imported."""

from typing import Any

_pages: list[tuple[int, str, Any]] = []


def register(endpoint: str, label: Any, place: int) -> None:
    """Add a page; they stand in the order of their places."""
    _pages[:] = [page for page in _pages if page[1] != endpoint]
    _pages.append((place, endpoint, label))
    _pages.sort(key=lambda page: page[0])


def pages() -> list[tuple[str, Any]]:
    """All of them, in order: endpoints and labels."""
    return [(endpoint, label) for _place, endpoint, label in _pages]
