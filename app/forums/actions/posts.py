"""Posts: said, said differently, taken back."""

from sqlalchemy import select

from app.accounts.models import Account
from app.database import found
from app.errors import Conflict
from app.events.models import Participant
from app.extensions import db
from app.forums.counting import count_posts
from app.forums.facts import OwnPostsChanged, PostChanged, PostWritten
from app.forums.holding import hold_threads
from app.forums.models import Post, Thread
from app.forums.versions import forget_versions, keep_version
from app.outbox import announce
from app.richtext import RichText
from app.spaces.models import Member
from app.submissions import submit_once

Author = Participant | Member


def write_post(
    thread: Thread, author: Author, words: RichText, key: str, reply_to_id: int | None = None
) -> tuple[Post, bool]:
    """Say something in a thread; returns the post, and whether it is new. The thread is held."""

    def make(sure_key: str) -> Post:
        thread.require_open()
        if reply_to_id is not None:
            found(Post, reply_to_id).require_answerable_in(thread)
        return Post(
            thread_id=thread.id,
            reply_to_id=reply_to_id,
            key=sure_key,
            **words.columns,
            **author.signature,
        )

    post, is_new = submit_once(Post, author, key, words.text, make)
    if post.thread_id != thread.id:
        raise Conflict
    if is_new:
        count_posts(thread, 1)
        announce(PostWritten(thread.id, post.id), thread.channel)
        _announce_own(author)
    return post, is_new


def edit_post(post: Post, words: RichText) -> None:
    """Say it differently; in a forum its readers can see what was said before."""
    if post.thread.forum_id is not None and words.text != post.text:
        keep_version(post)
    post.edit(words)
    _announce_change(post)


def withdraw_post(post: Post, author: Author) -> None:
    """Take it back; where others have replied, its place remains."""
    _take_back(post)
    _announce_own(author)


def withdraw_all(author: Participant | Account) -> None:
    """Take back all that somebody has posted, and their name with it."""
    column = Post.account_id if isinstance(author, Account) else Post.participant_id
    theirs = column == author.id
    hold_threads(select(Post.thread_id).where(theirs))
    for post in db.session.scalars(select(Post).where(theirs).order_by(Post.id)).all():
        post.participant_id = post.account_id = None
        _take_back(post)


def _take_back(post: Post) -> None:
    was_shown = not post.is_hidden
    post.withdraw()
    forget_versions(post)
    count_posts(post.thread, -1 if was_shown else 0)
    _announce_change(post)


def _announce_change(post: Post) -> None:
    db.session.flush()
    announce(PostChanged(post.thread_id, post.id), post.thread.channel)


def _announce_own(author: Author) -> None:
    if isinstance(author, Participant):
        announce(OwnPostsChanged(author.id), author.channel)
