"""Threads that move: the index is told where their posts are now, some at a time.

Until that is done the posts are found by those alone who may read both places: the index only
narrows what is looked at, and who may read a post is asked where it stands.
"""

import time
from collections.abc import Iterable

from sqlalchemy import select

from app.database import dialect_insert, transaction
from app.extensions import db
from app.files.models import File
from app.forums.models import Post, Thread
from app.jobs import later, sweep, task
from app.search.models import Misplaced, SearchEntry
from app.search.noted import looks_at, note
from app.search.terms import TAG

AT_ONCE = 100
PAUSE = 0.02  # seconds in which others write


@looks_at("thread")
def look_for_moved(thread_ids: Iterable[int]) -> None:
    """Note which of these threads have posts that the index has elsewhere; in a transaction."""
    for id in thread_ids:
        thread = db.session.get(Thread, id)
        if thread is None or thread.forum_id is None:
            continue
        if thread.merged_into_id is not None:
            _misplaced(thread.merged_into_id)
        elif _is_elsewhere(thread):
            _misplaced(thread.id)


def _is_elsewhere(thread: Thread) -> bool:
    """Whether its oldest or its newest post is known in another forum."""
    known = (
        select(SearchEntry.terms)
        .join(Post, Post.id == SearchEntry.source_id)
        .where(SearchEntry.kind == "post", Post.thread_id == thread.id)
        .limit(1)
    )
    for order in (Post.id, Post.id.desc()):
        terms = db.session.scalar(known.order_by(order))
        if terms is not None and f"{TAG}f{thread.forum_id}" not in terms.marked:
            return True
    return False


def _misplaced(thread_id: int) -> None:
    insert = dialect_insert(Misplaced).values(thread_id=thread_id, post_id=0)
    db.session.execute(
        insert.on_conflict_do_update(index_elements=[Misplaced.thread_id], set_={"post_id": 0})
    )
    later(correct, thread_id)


@sweep
def find_misplaced() -> None:
    """Go on with what was begun and not finished."""
    ids = db.session.scalars(select(Misplaced.thread_id).limit(5)).all()
    db.session.rollback()
    for id in ids:
        later(correct, id)


@task
def correct(thread_id: int) -> None:
    """Tell the index where all posts of a thread are; begun twice, each does a part."""
    while _correct_some(thread_id):
        time.sleep(PAUSE)


def _correct_some(thread_id: int) -> bool:
    with transaction() as session:
        misplaced = session.get(Misplaced, thread_id, with_for_update=True)
        if misplaced is None:
            return False
        ids = session.scalars(
            select(Post.id)
            .where(Post.thread_id == thread_id, Post.id > misplaced.post_id)
            .order_by(Post.id)
            .limit(AT_ONCE)
        ).all()
        if not ids:
            session.delete(misplaced)
            return False
        files = session.scalars(select(File.id).where(File.post_id.in_(ids))).all()
        note("post", *ids)
        note("file", *files)
        misplaced.post_id = ids[-1]
    return True
