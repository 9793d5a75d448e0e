"""One person's reactions: to take along, and to delete."""

from typing import Any

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.extensions import db
from app.reactions.models import PostReaction


def _export(account: Account) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(PostReaction)
        .where(PostReaction.account_id == account.id)
        .order_by(PostReaction.post_id, PostReaction.kind)
    )
    return [{"post": row.post_id, "said": row.kind.value} for row in rows]


def _delete(account: Account, _keep_words: bool) -> None:
    """A tap of somebody who is gone counts no longer."""
    db.session.execute(delete(PostReaction).where(PostReaction.account_id == account.id))


part = OwnPart("reactions", _export, _delete)
