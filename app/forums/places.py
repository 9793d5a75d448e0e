"""Places: what the pages around a discussion are made of, in an event or in a space."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.events import frame as event_frame
from app.events.models import Participant
from app.forums import parts
from app.forums.drafts import preview_of
from app.forums.models import LONGEST_COMMENT, LONGEST_POST, Post, Thread
from app.richtext import RichText, written
from app.spaces import frame as space_frame
from app.spaces.models import Member, Space
from app.spaces.queries import reader_count


@dataclass(frozen=True)
class Place:
    """Where something is written: how long it may be, and how its text is understood."""

    most: int
    space: Space | None = None

    def words(self, text: str, post: Post | None = None) -> RichText:
        """The text, checked and rendered; raises `Invalid`. `post` is the one that is edited."""
        if self.space is None:
            return written(text, self.most)
        return parts.words_in(self.space.id, text, self.most, post)

    def preview(self, text: str, post: Post | None = None) -> Markup:
        """How a text will look; raises `Invalid`."""
        if self.space is None:
            return preview_of(text, self.most)
        return parts.preview_in(self.space.id, text, self.most, post)


def place_in(space: Space) -> Place:
    """For what is written in a space."""
    return Place(LONGEST_POST, space)


def place_of(thread: Thread) -> Place:
    """For what is written in a thread."""
    return place_in(thread.forum.space) if thread.forum_id else Place(LONGEST_COMMENT)


def page_of(thread: Thread, person: Participant | Member) -> dict[str, Any]:
    """What every page about a thread needs; call it before the page's data is read."""
    if isinstance(person, Member):
        return page_in(thread.forum.space, person)
    page = event_frame.page_context(thread.event, person)
    return {**page, "layout": "events/live_layout.html", "where": thread.event.title}


def page_in(space: Space, member: Member) -> dict[str, Any]:
    """What every page needs on which something is written in a space."""
    page = space_frame.page_context(space, member)
    return {
        **page,
        "layout": "spaces/layout.html",
        "where": space.name,
        "readers": reader_count(space),
    }
