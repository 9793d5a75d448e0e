"""What is kept with a post, and before there is one; each runs inside a transaction."""

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.composing.facts import PeopleMentioned
from app.composing.handles import named_in
from app.composing.models import LONGEST_TITLE, Draft, PostMention, PostReference
from app.composing.references import links_in
from app.database import dialect_insert, now
from app.extensions import db
from app.forums.models import LONGEST_POST, Post
from app.outbox import announce
from app.spaces.permissions import readers_of
from app.submissions import one_line

MOST_DRAFTS = 100  # of one person; each can be as long as a post


def keep_mentions(post: Post) -> None:
    """Keep whom a post names: those who may read it, and whom it named before."""
    named = named_in(post.html) if post.space_id is not None else {}
    query = select(PostMention).where(PostMention.post_id == post.id)
    before = {mention.account_id: mention for mention in db.session.scalars(query)}
    for account_id in before.keys() - named.keys():
        db.session.delete(before[account_id])
    new = _readers(post, named.keys() - before.keys())
    db.session.add_all(
        PostMention(post_id=post.id, account_id=id, name=named[id]) for id in sorted(new)
    )
    db.session.flush()
    told = tuple(sorted(new - {post.account_id}))
    if told:
        announce(PeopleMentioned(post.id, told))


def _readers(post: Post, account_ids: set[int]) -> set[int]:
    if not account_ids or post.space_id is None:
        return set()
    query = select(Account.id).where(Account.id.in_(account_ids), readers_of(post.space_id))
    return set(db.session.scalars(query))


def keep_references(post: Post) -> None:
    """Keep what a post links to in lines of their own."""
    db.session.execute(delete(PostReference).where(PostReference.post_id == post.id))
    db.session.add_all(
        PostReference(post_id=post.id, position=at, kind=kind.name, ref_id=id, path=path)
        for at, (kind, id, path) in enumerate(links_in(post.text))
    )
    db.session.flush()


def save_draft(account_id: int, place: str, title: str, text: str) -> None:
    """Keep what somebody is writing; nothing at all is no draft."""
    title, text = one_line(title)[:LONGEST_TITLE], text.replace("\x00", "")[:LONGEST_POST]
    if not (title or text.strip()):
        discard_draft(account_id, place)
        return
    written = {"title": title, "text": text, "updated_at": now()}
    insert = dialect_insert(Draft).values(account_id=account_id, place=place, **written)
    key = [Draft.account_id, Draft.place]
    db.session.execute(insert.on_conflict_do_update(index_elements=key, set_=written))
    _drop_oldest(account_id)


def _drop_oldest(account_id: int) -> None:
    mine = select(Draft.place).where(Draft.account_id == account_id)
    old = db.session.scalars(mine.order_by(Draft.updated_at.desc()).offset(MOST_DRAFTS)).all()
    if old:
        db.session.execute(
            delete(Draft).where(Draft.account_id == account_id, Draft.place.in_(old))
        )


def discard_draft(account_id: int, place: str) -> None:
    """Throw a draft away."""
    db.session.execute(delete(Draft).where(Draft.account_id == account_id, Draft.place == place))
