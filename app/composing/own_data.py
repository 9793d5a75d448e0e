"""One person's mentions and drafts: to take along, and to delete."""

from typing import Any

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.composing.models import Draft, PostMention
from app.composing.queries import drafts_of
from app.extensions import db


def _drafts(account: Account) -> list[dict[str, Any]]:
    return [
        {
            "place": draft.place,
            "title": draft.title,
            "text": draft.text,
            "updated_at": draft.updated_at.isoformat(),
        }
        for draft in drafts_of(account.id)
    ]


def _mentions(account: Account) -> list[dict[str, Any]]:
    """Where they were named; the words around are other people's."""
    rows = db.session.scalars(
        select(PostMention)
        .where(PostMention.account_id == account.id)
        .order_by(PostMention.post_id)
    )
    return [{"post": mention.post_id, "named": mention.name} for mention in rows]


def _delete_drafts(account: Account, _keep_words: bool) -> None:
    """What was never sent goes in any case."""
    db.session.execute(delete(Draft).where(Draft.account_id == account.id))


def _delete_mentions(account: Account, _keep_words: bool) -> None:
    db.session.execute(delete(PostMention).where(PostMention.account_id == account.id))


drafts = OwnPart("drafts", _drafts, _delete_drafts)
mentions = OwnPart("mentions", _mentions, _delete_mentions)
