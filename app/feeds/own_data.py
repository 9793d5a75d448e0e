"""One person's feeds: to take along, and to delete."""

from typing import Any

from sqlalchemy import delete

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.extensions import db
from app.feeds.models import Feed
from app.feeds.queries import feeds_of


def _export(account: Account) -> list[dict[str, Any]]:
    return [
        {"forum": feed.forum.title, "created_at": feed.created_at.isoformat()}
        for feed in feeds_of(account.id)
    ]


def _delete(account: Account, _keep_words: bool) -> None:
    db.session.execute(delete(Feed).where(Feed.account_id == account.id))


part = OwnPart("feeds", _export, _delete)
