"""One person's posts: to take along, and to delete."""

from typing import Any

from app.events.models import Participant
from app.events.own_data import OwnData
from app.forums.actions import withdraw_all
from app.forums.queries import own_posts


def _export(person: Participant) -> list[dict[str, Any]]:
    return [
        {"text": post.text, "created_at": post.created_at.isoformat()} for post in own_posts(person)
    ]


part = OwnData("posts", _export, withdraw_all)
