"""Parts of posts: what stands with a forum's post besides its words, and in its composer.

A feature registers its part here when it is imported: reactions, files, cards of what is linked.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from app.forums.models import Post
from app.offload import run_aside
from app.richtext import Finder, RichText, render, written
from app.spaces.models import Member
from app.submissions import checked


def _nothing(_post: Post, _form: MultiDict[str, str]) -> None: ...


def _no_more(_member: Member, _form: MultiDict[str, str]) -> None: ...


def _nobodys(_member: Member, _posts: Sequence[Post]) -> Markup:
    return Markup()


def _unmarked(_space_id: int, _text: str, _post: Post | None) -> Finder | None:
    return None


@dataclass(frozen=True)
class PostPart:
    """One part: `load` gets the posts of a window and answers for those that have any of it.

    `template` is drawn in the post's card with `post` and `part`, the same for every reader.
    `receive` takes what needs time, before the transaction, and may add to what was sent.
    `keep` gets what the composer sent, inside the transaction that writes or edits the post.
    `composer` is drawn in the composer's form with `space`, and `place`: what is written to, as
    "thread-12" or "forum-3", or the post that is edited, as "post-7".
    """

    name: str
    template: str
    load: Callable[[Sequence[Post]], Mapping[int, Any]]
    receive: Callable[[Member, MultiDict[str, str]], None] = _no_more
    keep: Callable[[Post, MultiDict[str, str]], None] = _nothing
    own: Callable[[Member, Sequence[Post]], Markup] = _nobodys  # marks for one reader, by the list
    finder: Callable[[int, str, Post | None], Finder | None] = _unmarked  # of links in the words
    looks: Callable[[Any], Hashable] | None = None  # all that its looks depend on, by its value
    composer: str = ""  # the template of its part of the composer
    place: int = 0


_parts: list[PostPart] = []


def register(part: PostPart) -> None:
    """Add a part, unless another application of this process has; in the order of their places."""
    if all(known.name != part.name for known in _parts):
        _parts.append(part)
        _parts.sort(key=lambda p: p.place)


def parts() -> Sequence[PostPart]:
    """All parts, in order."""
    return tuple(_parts)


class Shown(NamedTuple):
    """One part of one post: a card is drawn anew each time where `looks` is none."""

    template: str
    value: Any
    looks: Hashable | None


def load(posts: Sequence[Post]) -> dict[int, list[Shown]]:
    """For each post the templates of its parts with what they show: one load for each part."""
    loaded = [(part, part.load(posts)) for part in _parts]
    return {
        post.id: [_shown(part, found[post.id]) for part, found in loaded if post.id in found]
        for post in posts
    }


def _shown(part: PostPart, value: Any) -> Shown:
    return Shown(part.template, value, part.looks(value) if part.looks else None)


def received(member: Member) -> MultiDict[str, str]:
    """What the composer sent with this request, once each part has taken what needs time."""
    form = MultiDict(request.form)
    for part in _parts:
        part.receive(member, form)
    return form


def keep(post: Post, form: MultiDict[str, str]) -> None:
    """Let each part keep what was sent with the post."""
    for part in _parts:
        part.keep(post, form)


def own(member: Member, posts: Sequence[Post]) -> Markup:
    """What of these posts is one reader's own: hidden marks, drawn beside the list of posts."""
    return Markup().join(part.own(member, posts) for part in _parts)


def words_in(space_id: int, text: str, most: int, post: Post | None = None) -> RichText:
    """A text for a space, checked and rendered, before the transaction that keeps it.

    `post` is the one that is edited. Raises `Invalid`.
    """
    return written(text, most, _finders(space_id, text, post))


def preview_in(space_id: int, text: str, most: int, post: Post | None = None) -> Markup:
    """How a text will look in a space; raises `Invalid`."""
    html = run_aside(render, checked(text, most), finders=_finders(space_id, text, post))
    return Markup(html)  # noqa: S704 - safe by its making


def _finders(space_id: int, text: str, post: Post | None) -> Sequence[Finder]:
    found = (part.finder(space_id, text, post) for part in _parts)
    return [finder for finder in found if finder is not None]
