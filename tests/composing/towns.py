"""Spaces with people who write, as these tests need them."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.accounts.models import Account
from app.database import transaction
from app.forums import actions, parts
from app.forums.models import LONGEST_POST, Forum, Post, Thread
from app.spaces.identity import member_of
from app.spaces.models import Space
from tests.factories import make_forum, make_member, make_space, make_thread


@dataclass
class Town:
    """One space with its people and a thread."""

    space: Space
    forum: Forum
    ines: Account
    ole: Account
    thread: Thread


def town(parent: Space | None = None, **settings: bool) -> Town:
    """A space, two people, and a thread by the first."""
    space = make_space("", parent, allows_readers=True, **settings)
    forum = make_forum(space)
    ines, ole = make_member(space, name="Ines Vogt"), make_member(space, name="Ole Ahrens")
    return Town(space, forum, ines, ole, make_thread(forum, ines, "What helps"))


def say(town: Town, author: Account, text: str, **form: str) -> Post:
    """A post as the composer sends it."""
    words = parts.words_in(town.space.id, text, LONGEST_POST)
    with transaction():
        member = member_of(town.space, author)
        assert member is not None
        post, _new = actions.write_post(town.thread, member, words, form.get("key", ""))
        parts.keep(post, MultiDict(form))
    return post


def resay(town: Town, post: Post, text: str) -> None:
    """Edit a post as the composer does."""
    words = parts.words_in(town.space.id, text, LONGEST_POST, post)
    with transaction():
        actions.edit_post(post, words)
        parts.keep(post, MultiDict())
