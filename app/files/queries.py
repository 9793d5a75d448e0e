"""Reads of files."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import func, select

from app.accounts.models import Account
from app.database import now
from app.errors import NeedsSignIn, NotFound
from app.extensions import db
from app.files.models import File
from app.files.permissions import files_open_to, files_readable_by
from app.forums.models import Post
from app.forums.passes import bearer_of

DAY = timedelta(days=1)


def open_to(account: Account, file_id: int) -> File:
    """A file that this account may fetch now; raises `NotFound`."""
    file = db.session.scalar(select(File).where(File.id == file_id, files_open_to(account.id)))
    if file is None:
        raise NotFound
    return file


def open_to_bearer(file_id: int) -> File:
    """A file in the one thread that a link in a mail opened for this browser; else raises."""
    post = db.session.scalar(
        select(Post).join(File, File.post_id == Post.id).where(File.id == file_id)
    )
    bearer = bearer_of(post.thread) if post else None
    if bearer is None:
        raise NeedsSignIn
    readable = files_readable_by(bearer.account_id)
    file = db.session.scalar(select(File).where(File.id == file_id, readable))
    if file is None:
        raise NotFound
    return file


def of_posts(posts: Sequence[Post]) -> Mapping[int, list[File]]:
    """The files of each post that has any, in the order in which they were added."""
    ids = [post.id for post in posts if not post.is_withdrawn]
    found: dict[int, list[File]] = {}
    for file in db.session.scalars(select(File).where(File.post_id.in_(ids)).order_by(File.id)):
        assert file.post_id is not None
        found.setdefault(file.post_id, []).append(file)
    return found


def in_composer(account_id: int, place: str) -> Sequence[File]:
    """What waits in a composer, or stands with the post that is edited there: "post-7"."""
    kind, _, id = place.partition("-")
    is_here = File.waits_in == place
    if kind == "post" and id.isdecimal():
        is_here |= File.post_id == int(id)
    return db.session.scalars(
        select(File).where(File.account_id == account_id, is_here).order_by(File.id)
    ).all()


def sent_today(account_id: int) -> int:
    """How many bytes somebody has sent within a day."""
    sent = select(func.sum(File.size)).where(
        File.account_id == account_id, File.created_at > now() - DAY
    )
    return db.session.scalar(sent) or 0


def of_account(account_id: int) -> Sequence[File]:
    """All that somebody has added and that is still there, oldest first."""
    return db.session.scalars(
        select(File).where(File.account_id == account_id).order_by(File.id)
    ).all()
