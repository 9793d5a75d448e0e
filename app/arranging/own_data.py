"""What somebody's posts said before; it goes when the posts are taken back."""

from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.extensions import db
from app.forums.models import Post
from app.forums.versions import PostVersion


def _export(account: Account) -> list[dict[str, Any]]:
    versions = db.session.scalars(
        select(PostVersion)
        .join(Post, Post.id == PostVersion.post_id)
        .where(Post.account_id == account.id)
        .order_by(PostVersion.id)
    )
    return [
        {
            "post": version.post_id,
            "text": version.text,
            "written_at": version.written_at.isoformat(),
        }
        for version in versions
    ]


def _delete(_account: Account, _keep_words: bool) -> None:
    """With the post, by whoever takes that back."""


part = OwnPart("earlier_wordings", _export, _delete)
