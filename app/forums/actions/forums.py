"""Forums: opened, named, put in order, and closed."""

from flask_babel import lazy_gettext as _l

from app.database import now
from app.errors import Conflict
from app.extensions import db
from app.forums.facts import ForumChanged
from app.forums.models import Forum
from app.forums.queries import forums_of
from app.outbox import announce
from app.spaces.models import Space


def create_forum(space: Space, title: str, description: str = "", position: int = 0) -> Forum:
    """A topic forum in a space, below those that are there."""
    if space.archived_at is not None:
        raise Conflict(_l("This space is closed."))
    forum = Forum(space_id=space.id, title=title, description=description, position=position)
    db.session.add(forum)
    _announce(forum)
    return forum


def describe_forum(forum: Forum, title: str, description: str) -> None:
    """Give it another title, or say better what it is for."""
    forum.title, forum.description = title, description
    _announce(forum)


def archive_forum(forum: Forum, archived: bool) -> None:
    """Let nobody write in it any more, or open it again; what is in it is read as before."""
    forum.archived_at = now() if archived else None
    _announce(forum)


def move_forum(forum: Forum, by: int) -> None:
    """Let it stand so many places further down, or up if that is negative."""
    others = [other for other in forums_of(forum.space) if other.id != forum.id]
    at = max(0, sum(_key(other) < _key(forum) for other in others) + by)
    for position, other in enumerate([*others[:at], forum, *others[at:]], 1):
        if other.position != position:
            other.position = position
            _announce(other)


def _key(forum: Forum) -> tuple[int, int]:
    return forum.position, forum.id


def _announce(forum: Forum) -> None:
    db.session.flush()
    announce(ForumChanged(forum.id), f"space:{forum.space_id}")
