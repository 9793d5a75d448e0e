"""What people write under what others have written, as programs read it."""

from typing import Any

from app.api.answers.events import moment
from app.events.models import Participant
from app.forums.models import Post
from app.forums.writing import Writing


def author_of(writing: Writing) -> str | None:
    """The name under a text, as the pages show it."""
    if writing.is_withdrawn or writing.author is None:
        return None
    return writing.author.name or None


def post_answer(post: Post, person: Participant, **subject: int) -> dict[str, Any]:
    """A comment or a reply; of a withdrawn one the place is left while it has replies.

    `subject` names what it is about, with its id.
    """
    return {
        "id": post.id,
        **subject,
        "text": post.text,
        "author": author_of(post),
        "reply_to": post.reply_to_id,
        "is_mine": post.participant_id == person.id,
        "is_withdrawn": post.is_withdrawn,
        "created_at": moment(post.created_at),
    }
