"""What is found in spaces: threads, posts, and the files that stand with posts."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import func, select

from app.accounts.models import Account
from app.extensions import db
from app.files.models import File
from app.forums.models import Forum, Post, Thread
from app.municipalities.models import Municipality
from app.search.sources import Author, Entry, Hit, Query, Reader, Source, register
from app.search.words import plain
from app.spaces.models import Space

LONGEST_TEXT = 20_000  # characters of a file that are looked through for a snippet

stands = Post.shown()
places = (Forum.space_id, Thread.forum_id, Account.municipality_id)
shown = (
    Thread.title.label("thread_title"),
    Thread.forum_id,
    Forum.title.label("forum_title"),
    Forum.space_id,
    Space.name.label("space_name"),
    Account.name.label("author_name"),
    Account.id.label("account_id"),
    Account.deleted_at,
    Municipality.name.label("municipality"),
)


def in_forums(query: Query) -> Query:
    """Those whose thread stands in a forum."""
    return query.join(Forum, Forum.id == Thread.forum_id).where(Thread.merged_into_id.is_(None))


def readable(query: Query, reader: Reader, author: Any) -> Query:
    """Those in forums that the reader may read now, with their authors."""
    return (
        in_forums(query)
        .join(Space, Space.id == Forum.space_id)
        .outerjoin(Account, Account.id == author)
        .outerjoin(Municipality, Municipality.id == Account.municipality_id)
        .where(Forum.space_id.in_(reader.space_ids), Thread.hidden_at.is_(None))
    )


def tags_of(row: Any, kind: str) -> tuple[str, ...]:
    """Where it stands, and whose it is."""
    owner = [f"a{row.account_id}"] if row.account_id else []
    place = [f"m{row.municipality_id}"] if row.municipality_id else []
    return (f"k{kind}", f"s{row.space_id}", f"f{row.forum_id}", *owner, *place)


def where_of(row: Any) -> tuple[tuple[str, str], ...]:
    """The space and the forum, with their addresses."""
    return (
        (row.space_name, url_for("spaces.show", space_id=row.space_id)),
        (row.forum_title, url_for("forums.show_forum", forum_id=row.forum_id)),
    )


def _author(row: Any) -> Author | None:
    if row.account_id is None or row.deleted_at is not None:
        return None
    return Author(row.author_name, row.municipality or "", account_id=row.account_id)


def _thread_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, row.title, "", tags_of(row, "thread"))


def _thread_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = select(Thread.id, Thread.created_at, Thread.post_count, *shown)
    return [
        Hit(
            row.id,
            url_for("forums.show_thread", thread_id=row.id),
            row.thread_title,
            ngettext("%(num)d post", "%(num)d posts", row.post_count),
            row.created_at,
            where_of(row),
            _author(row),
        )
        for row in db.session.execute(
            readable(query, reader, Thread.account_id).where(Thread.id.in_(ids))
        )
    ]


def _post_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, "", plain(row.html), tags_of(row, "post"))


def _post_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = select(Post.id, Post.created_at, Post.html, *shown)
    query = query.join(Thread, Thread.id == Post.thread_id)
    return [
        Hit(
            row.id,
            url_for("forums.show", post_id=row.id),
            row.thread_title,
            plain(row.html),
            row.created_at,
            where_of(row),
            _author(row),
        )
        for row in db.session.execute(
            readable(query, reader, Post.account_id).where(Post.id.in_(ids), stands)
        )
    ]


def _file_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, row.name, row.text or "", tags_of(row, "file"))


def _file_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    text = func.substr(File.text, 1, LONGEST_TEXT).label("text")
    query = select(File.id, File.created_at, File.name, File.alt, text, File.post_id, *shown)
    query = query.join(Post, Post.id == File.post_id).join(Thread, Thread.id == Post.thread_id)
    return [
        Hit(
            row.id,
            url_for("forums.show", post_id=row.post_id),
            row.name,
            row.text or row.alt,
            row.created_at,
            (
                *where_of(row),
                (row.thread_title or _("Thread"), url_for("forums.show", post_id=row.post_id)),
            ),
            _author(row),
        )
        for row in db.session.execute(
            readable(query, reader, File.account_id).where(File.id.in_(ids), stands)
        )
    ]


_posts = select(Post.id, Post.created_at, Post.html, Post.account_id, *places)
_files = select(File.id, File.created_at, File.name, File.text, File.account_id, *places)

register(
    Source(
        "thread",
        1,
        _l("Thread"),
        _l("Threads"),
        "questions",
        Thread,
        in_forums(
            select(Thread.id, Thread.created_at, Thread.title, Thread.account_id, *places)
        ).outerjoin(Account, Account.id == Thread.account_id),
        _thread_entry,
        _thread_hits,
        is_in_spaces=True,
    )
)
register(
    Source(
        "post",
        2,
        _l("Post"),
        _l("Posts"),
        "edit",
        Post,
        in_forums(_posts.join(Thread, Thread.id == Post.thread_id))
        .outerjoin(Account, Account.id == Post.account_id)
        .where(Post.withdrawn_at.is_(None)),
        _post_entry,
        _post_hits,
        is_in_spaces=True,
    )
)
register(
    Source(
        "file",
        3,
        _l("File"),
        _l("Files"),
        "file",
        File,
        in_forums(
            _files.join(Post, Post.id == File.post_id).join(Thread, Thread.id == Post.thread_id)
        )
        .outerjoin(Account, Account.id == File.account_id)
        .where(Post.withdrawn_at.is_(None)),
        _file_entry,
        _file_hits,
        is_in_spaces=True,
    )
)
