"""What follows in the same transaction when posts, and what they link to, change."""

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import aliased

from app.composing.facts import CardsChanged
from app.composing.models import PostMention, PostReference
from app.database import found
from app.events.facts import CardHidden
from app.extensions import db
from app.forums.facts import PostChanged, ThreadChanged
from app.forums.models import Forum, Post, Thread
from app.outbox import announce, follows
from app.spaces.facts import AccessChanged


@follows(PostChanged)
def _post_changed(fact: PostChanged) -> None:
    """What was taken back neither names nor links anything; others may show a card of it."""
    if found(Post, fact.post_id).is_withdrawn:
        for table in (PostMention, PostReference):
            db.session.execute(delete(table).where(table.post_id == fact.post_id))
    _redraw("post", PostReference.ref_id == fact.post_id)


@follows(CardHidden)
def _card_hidden(fact: CardHidden) -> None:
    _redraw(fact.kind, PostReference.ref_id == fact.id)


@follows(ThreadChanged)
def _thread_changed(fact: ThreadChanged) -> None:
    _redraw("thread", PostReference.ref_id == fact.thread_id)
    target = aliased(Post)
    posts = select(target.id).where(
        target.id == PostReference.ref_id, target.thread_id == fact.thread_id
    )
    _redraw("post", posts.exists())


@follows(AccessChanged)
def _access_changed(fact: AccessChanged) -> None:
    """A space was closed or opened: cards elsewhere of what is in it show less now, or more."""
    if fact.account_id is not None:
        return
    held = select(Thread.id).join(Forum).where(Forum.space_id == fact.space_id)
    _redraw("thread", PostReference.ref_id.in_(held))
    target = aliased(Post)
    posts = select(target.id).where(target.id == PostReference.ref_id, target.thread_id.in_(held))
    _redraw("post", posts.exists())


def _redraw(kind: str, which: ColumnElement[bool]) -> None:
    """Let the posts that show cards of these things draw their cards anew."""
    db.session.flush()
    rows = db.session.execute(
        select(Post.thread_id, Post.id)
        .join(PostReference, PostReference.post_id == Post.id)
        .where(PostReference.kind == kind, which)
    )
    for thread_id, post_id in rows.all():
        announce(CardsChanged(thread_id, post_id), f"thread:{thread_id}")
