"""What people do to keep threads in order; each runs inside a transaction, and announces it."""

from app.arranging.actions.regrouping import merge, move, split
from app.arranging.actions.settling import accept, rename, set_closed, set_pinned
from app.arranging.actions.tagging import MOST_TAGS, delete_tag, rename_tag, set_tags

__all__ = [
    "MOST_TAGS",
    "accept",
    "delete_tag",
    "merge",
    "move",
    "rename",
    "rename_tag",
    "set_closed",
    "set_pinned",
    "set_tags",
    "split",
]
