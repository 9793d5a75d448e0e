"""Things that tests need many of; all is written through the application's own transaction."""

import itertools
from typing import Any

from app.accounts.models import Account
from app.database import transaction
from app.events.models import AgendaItem, Event
from app.extensions import db
from app.forums import actions as forums
from app.forums.models import Forum, Post, Thread
from app.municipalities.models import Municipality
from app.permissions import SpaceRole
from app.richtext import RichText
from app.spaces import actions as spaces
from app.spaces.identity import member_of
from app.spaces.models import Space, SpaceKind

AGENDA: list[dict[str, Any]] = [
    {"kind": "welcome", "title": "Welcome", "text": "Good to have you here.", "minutes": 10},
    {"kind": "poll", "title": "Flash poll", "text": "What do you want advice on?", "minutes": 5},
]

_numbers = itertools.count(1)


def look_again() -> None:
    """End the test's open read, so that its objects show what others have done meanwhile."""
    db.session.rollback()
    db.session.expire_all()


def make_municipality(
    name: str = "", *, state: str = "Hessen", cluster: str = "1", kind: str = "Stadt"
) -> Municipality:
    """A municipality."""
    name = name or f"Musterstadt {next(_numbers)}"
    with transaction() as session:
        made = Municipality(name=name, kind=kind, state=state, cluster=cluster)
        session.add(made)
        return made


def make_account(email: str = "", *, name: str = "Mia Member", **fields: Any) -> Account:
    """An account; without `password_hash` nobody can sign in with a password."""
    fields.setdefault("language", "en")
    with transaction() as session:
        made = Account(email=email or f"person{next(_numbers)}@example.org", name=name, **fields)
        session.add(made)
        return made


def make_space(
    name: str = "", parent: Space | None = None, kind: SpaceKind = SpaceKind.FREE, **settings: Any
) -> Space:
    """A space, private unless told."""
    with transaction():
        return spaces.create_space(name or f"Space {next(_numbers)}", kind, parent, **settings)


def make_member(space: Space, role: SpaceRole = SpaceRole.MEMBER, name: str = "") -> Account:
    """Somebody with an account who is in a space."""
    account = make_account(name=name or f"Member {next(_numbers)}", password_hash="none")
    with transaction():
        spaces.admit(space, account, role)
    return account


def make_forum(space: Space, title: str = "Topics") -> Forum:
    """A forum in a space."""
    with transaction():
        return forums.create_forum(space, title)


def make_thread(forum: Forum, author: Account, title: str = "A thread") -> Thread:
    """A thread with its first post."""
    words = RichText("First words", "<p>First words</p>")
    with transaction():
        member = member_of(forum.space, author)
        assert member is not None
        return forums.start_thread(forum, member, title, words, "")[0].thread


def make_post(
    thread: Thread, author: Account, text: str = "", reply_to_id: int | None = None
) -> Post:
    """A post in a forum's thread."""
    text = text or f"Words {next(_numbers)}"
    with transaction():
        member = member_of(thread.forum.space, author)
        assert member is not None
        words = RichText(text, f"<p>{text}</p>")
        return forums.write_post(thread, member, words, "", reply_to_id)[0]


def item_of_kind(event: Event, kind: str) -> AgendaItem:
    """The first agenda item of a kind."""
    db.session.expire(event, ["items"])
    return next(item for item in event.items if item.kind == kind)
