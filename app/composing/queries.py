"""Reads of mentions and drafts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.composing.handles import possible_names
from app.composing.models import Draft, PostMention
from app.extensions import db
from app.forums.models import Post
from app.spaces.permissions import readers_of

MOST_OFFERED = 8  # people at once


@dataclass(frozen=True)
class Offer:
    """Somebody who can be named, and what is written for them."""

    account: Account
    handle: str


def people_to_name(space_id: int, query: str, asking: int) -> Sequence[Offer]:
    """Who may read the space and has a name that goes on from these letters, without who asks."""
    same_name = func.count().over(partition_by=Account.name)
    everybody = select(Account.id, same_name.label("n")).where(readers_of(space_id)).subquery()
    starts = [Account.name.istartswith(word, autoescape=True) for word in _spellings(query)]
    later = [Account.name.icontains(f" {word}", autoescape=True) for word in _spellings(query)]
    rows = db.session.execute(
        select(Account, everybody.c.n)
        .join(everybody, everybody.c.id == Account.id)
        .options(joinedload(Account.municipality))
        .where(Account.id != asking, or_(*starts, *later))
        .order_by(or_(*starts).desc(), Account.name, Account.id)
        .limit(MOST_OFFERED)
    )
    return [Offer(one, one.name if n == 1 else f"{one.name}#{one.id}") for one, n in rows]


def _spellings(query: str) -> set[str]:
    """SQLite compares only plain letters without regard to case."""
    return {query, query.lower(), query.title(), query.upper()}


def people_by_handle(space_id: int, text: str, post: Post | None) -> dict[str, int]:
    """Whom a text for this space can name, by their handles; whom its post named, it still does."""
    names = possible_names(text)
    if not names:
        return {}
    rows = db.session.execute(
        select(Account.name, Account.id).where(Account.name.in_(names), readers_of(space_id))
    )
    people = _by_handle([(name, id) for name, id in rows])
    earlier = [(mention.name, mention.account_id) for mention in _mentions(post)]
    return {**people, **_by_handle(earlier)}


def _by_handle(people: Sequence[tuple[str, int]]) -> dict[str, int]:
    bearers = Counter(name for name, _id in people)
    alone = {name: id for name, id in people if bearers[name] == 1}
    return {**alone, **{f"{name}#{id}": id for name, id in people}}


def _mentions(post: Post | None) -> Sequence[PostMention]:
    query = select(PostMention).where(PostMention.post_id == post.id) if post else None
    return db.session.scalars(query).all() if query is not None else []


def draft_at(account_id: int, place: str) -> Draft | None:
    """What somebody has begun to write in a composer."""
    return db.session.get(Draft, (account_id, place))


def drafts_of(account_id: int) -> Sequence[Draft]:
    """All that somebody has begun to write, the newest first."""
    return db.session.scalars(
        select(Draft).where(Draft.account_id == account_id).order_by(Draft.updated_at.desc())
    ).all()
