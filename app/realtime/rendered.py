"""Cards that stand in many pages, rendered once for all who see the same in the same language.

A hall of 500 loads a page with 500 cards: each is rendered once, not 250,000 times.
"""

import secrets
from collections.abc import Hashable, Mapping
from typing import Any

from flask import render_template
from flask_babel import get_locale
from markupsafe import Markup

MOST = 10_000  # cards kept, about a kilobyte each
MARK = secrets.token_hex(8)  # stands for the version; nobody can write it into a text

_kept: dict[Hashable, list[str]] = {}


def once(template: str, looks: Hashable, context: Mapping[str, Any], version: int) -> Markup:
    """The template rendered with the context, or what it gave for the same looks before."""
    key = (template, str(get_locale()), looks)
    parts = _kept.get(key)
    if parts is None:
        if len(_kept) >= MOST:
            _kept.clear()
        parts = render_template(template, **{**context, "version": MARK}).split(MARK)
        _kept[key] = parts
    return Markup(str(version).join(parts))  # noqa: S704 - a template has escaped it
