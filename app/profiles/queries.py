"""Reads for profiles: all through what the reader may read."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Account
from app.errors import NotFound
from app.extensions import db
from app.forums.models import Post, Thread
from app.forums.permissions import threads_readable_by
from app.spaces.models import Membership, Space
from app.spaces.permissions import reads

RECENT = 10  # posts on a profile


def person_for(reader: Account, account_id: int) -> Account:
    """Somebody who shares a space with the reader, or the reader; raises `NotFound`."""
    person: Account | None = db.session.scalar(
        select(Account)
        .options(joinedload(Account.municipality))
        .where(Account.id == account_id, Account.deleted_at.is_(None))
    )
    if person is None or not (person.id == reader.id or shared_spaces(reader, person)):
        raise NotFound
    return person


def shared_spaces(reader: Account, person: Account) -> Sequence[Space]:
    """The spaces that both may read, those above before those below."""
    return db.session.scalars(
        select(Space)
        .where(reads(reader.id), reads(person.id), Space.archived_at.is_(None))
        .order_by(Space.id)
    ).all()


def roles(person: Account, spaces: Sequence[Space]) -> dict[int, str]:
    """What somebody is in these spaces, as far as they are in them and do not only read."""
    rows = db.session.execute(
        select(Membership.space_id, Membership.role).where(
            Membership.account_id == person.id, Membership.space_id.in_([s.id for s in spaces])
        )
    )
    return {space_id: role.value for space_id, role in rows}


def recent_posts(reader: Account, person: Account) -> Sequence[Post]:
    """What somebody has posted lately, as far as the reader may read it; newest first."""
    return db.session.scalars(
        select(Post)
        .join(Post.thread)
        .options(contains_eager(Post.thread).joinedload(Thread.forum))
        .where(
            Post.account_id == person.id,
            Post.shown(),
            threads_readable_by(reader.id),
        )
        .order_by(Post.id.desc())
        .limit(RECENT)
    ).all()
