"""One person's posts, in an event or in forums: to take along, and to delete."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.events.models import Participant
from app.events.own_data import OwnData
from app.extensions import db
from app.forums.actions import withdraw_all
from app.forums.models import Post, Reading, Thread
from app.forums.queries import own_posts


def _export(person: Participant) -> list[dict[str, Any]]:
    return [
        {"text": post.text, "created_at": post.created_at.isoformat()} for post in own_posts(person)
    ]


part = OwnData("posts", _export, withdraw_all)


def _export_of_account(account: Account) -> list[dict[str, Any]]:
    posts = db.session.scalars(
        select(Post)
        .options(joinedload(Post.thread))
        .where(Post.account_id == account.id, Post.withdrawn_at.is_(None))
        .order_by(Post.id)
    )
    return [
        {
            "id": post.id,
            "thread": post.thread.title,
            "text": post.text,
            "created_at": post.created_at.isoformat(),
        }
        for post in posts
    ]


def _delete_of_account(account: Account, keep_words: bool) -> None:
    """What stays is a former member's; how far somebody has read is of no use to anybody."""
    if not keep_words:
        withdraw_all(account)
    for table in (Post, Thread):
        db.session.execute(
            update(table).where(table.account_id == account.id).values(account_id=None)
        )
    db.session.execute(delete(Reading).where(Reading.account_id == account.id))


account_part = OwnPart("posts", _export_of_account, _delete_of_account)
