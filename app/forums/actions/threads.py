"""Threads: what holds the posts."""

from app.database import now
from app.errors import Conflict
from app.extensions import db
from app.forums.actions.posts import write_post
from app.forums.counting import count_threads
from app.forums.facts import ThreadChanged, ThreadOpened
from app.forums.models import FORUM, LONGEST_TITLE, Forum, Post, Thread
from app.outbox import announce
from app.richtext import RichText
from app.spaces.models import Member
from app.submissions import one_line, submitted


def start_thread(
    forum: Forum, author: Member, title: str, words: RichText, key: str
) -> tuple[Post, bool]:
    """Begin a thread with its first post; returns that, and whether it is new."""
    earlier = submitted(Post, author, key, words.text)
    if earlier is not None:
        if earlier.thread.forum_id != forum.id:
            raise Conflict
        return earlier, False
    thread = open_thread(forum, title, account_id=author.account_id)
    return write_post(thread, author, words, key)


def open_thread(forum: Forum, title: str, account_id: int | None = None) -> Thread:
    """A thread without a post yet."""
    thread = Thread(
        forum=forum,
        subject=FORUM,
        title=one_line(title)[:LONGEST_TITLE],
        account_id=account_id,
        last_posted_at=now(),
    )
    db.session.add(thread)
    thread.require_open()
    count_threads(forum, 1)
    announce(ThreadOpened(thread.id), forum.channel)
    announce(ThreadChanged(thread.id), thread.channel)
    return thread
