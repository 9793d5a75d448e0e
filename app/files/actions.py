"""What people do with files; each runs inside a transaction, and the bytes are in the store."""

from collections.abc import Iterable, Mapping, Sequence

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from app.errors import Conflict, Invalid, TooMany
from app.extensions import db
from app.files import queries
from app.files.facts import FileDropped, FileKept
from app.files.intake import Taken
from app.files.models import File, Leftover
from app.forums.models import Post
from app.outbox import announce
from app.spaces.models import Member
from app.submissions import tidied

MOST_OF_A_POST = 8
MOST_A_DAY = 20  # times the largest file
LONGEST_ALT = 300  # characters


def add_file(member: Member, taken: Taken, key: str, place: str) -> File:
    """Let a file wait to be sent with a post; sent twice it is there once. The account is held."""
    earlier = earlier_file(member, key)
    if earlier is not None:
        db.session.add(Leftover(stored=taken.stored))
        return earlier
    most = MOST_A_DAY * current_app.extensions["settings"].upload_limit
    if queries.sent_today(member.account_id) + taken.size > most:
        raise TooMany(_l("That is as much as you can add in one day. Please go on tomorrow."))
    file = File(
        account_id=member.account_id,
        space_id=member.space_id,
        waits_in=place,
        key=key,
        **taken.columns,
    )
    db.session.add(file)
    db.session.flush()
    return file


def earlier_file(member: Member, key: str) -> File | None:
    """What came from this person under this key before."""
    return db.session.scalar(select(File).filter_by(key=key, account_id=member.account_id))


def set_files(post: Post, ids: Sequence[int], alts: Mapping[int, str]) -> None:
    """Let these files stand with a post, and no others."""
    require_few(ids)
    files = _usable(post, ids)
    if len(files) != len(set(ids)):
        raise Conflict(_l("One of the files is no longer there. Please add it again."))
    for file in db.session.scalars(select(File).where(File.post_id == post.id)).all():
        if file not in files:
            drop(file)
    for file in files:
        file.alt = tidied(alts.get(file.id, file.alt))[:LONGEST_ALT]
        if file.post_id is None:
            _bind(file, post)


def require_few(files: Sequence[object]) -> None:
    """Raise if these are more than one post can have."""
    if len(files) > MOST_OF_A_POST:
        raise Invalid(_l("At most %(most)d files can stand with one post.", most=MOST_OF_A_POST))


def _usable(post: Post, ids: Sequence[int]) -> Sequence[File]:
    """Those of these files that are this author's, and stand with no other post."""
    waits_here = File.post_id.is_(None) & (File.space_id == post.space_id)
    return db.session.scalars(
        select(File)
        .where(
            File.id.in_(ids),
            File.account_id == post.account_id,
            or_(waits_here, File.post_id == post.id),
        )
        .order_by(File.id)
        .with_for_update()
    ).all()


def _bind(file: File, post: Post) -> None:
    file.post_id, file.space_id, file.waits_in = post.id, None, ""
    db.session.flush()
    announce(FileKept(file.id))


def drop_all(files: Iterable[File]) -> None:
    """Delete files."""
    for file in files:
        drop(file)


def drop(file: File) -> None:
    """Delete a file: its row now, its bytes once that is certain."""
    announce(FileDropped(file.id))
    db.session.add(Leftover(stored=file.stored))
    db.session.delete(file)
    db.session.flush()
