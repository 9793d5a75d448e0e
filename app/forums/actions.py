"""What people do in a discussion; each runs inside a transaction, and announces what it did."""

from sqlalchemy import select

from app.database import found
from app.errors import Conflict
from app.events.models import Participant
from app.extensions import db
from app.forums.facts import OwnPostsChanged, PostChanged, PostWritten
from app.forums.models import Post, Thread
from app.outbox import announce
from app.richtext import RichText
from app.submissions import submit_once


def write_post(
    thread: Thread, author: Participant, words: RichText, key: str, reply_to_id: int | None = None
) -> tuple[Post, bool]:
    """Say something in a thread; returns the post, and whether it is new. The thread is held."""

    def make(sure_key: str) -> Post:
        if reply_to_id is not None:
            found(Post, reply_to_id).require_answerable_in(thread)
        return Post(
            thread_id=thread.id,
            reply_to_id=reply_to_id,
            participant_id=author.id,
            key=sure_key,
            text=words.text,
            html=words.html,
            submitted_text=words.text,
        )

    post, is_new = submit_once(Post, author.id, key, words.text, make)
    if post.thread_id != thread.id:
        raise Conflict
    if is_new:
        announce(PostWritten(thread.id, post.id), thread.channel)
        announce(OwnPostsChanged(author.id), author.channel)
    return post, is_new


def edit_post(post: Post, words: RichText) -> None:
    """Say it differently."""
    post.edit(words)
    _announce_change(post)


def withdraw_post(post: Post, author: Participant) -> None:
    """Take it back; where others have replied, its place remains."""
    post.withdraw()
    _announce_change(post)
    announce(OwnPostsChanged(author.id), author.channel)


def withdraw_all(author: Participant) -> None:
    """Take back all that somebody has posted, and their name with it."""
    for post in db.session.scalars(select(Post).where(Post.participant_id == author.id)):
        post.withdraw()
        post.participant_id = None
        _announce_change(post)


def _announce_change(post: Post) -> None:
    db.session.flush()
    announce(PostChanged(post.thread_id, post.id), post.thread.channel)
