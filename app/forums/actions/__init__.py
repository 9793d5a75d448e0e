"""What people do in discussions and forums; each runs inside a transaction, and announces it."""

from app.forums.actions.forums import archive_forum, create_forum, describe_forum, move_forum
from app.forums.actions.posts import edit_post, withdraw_all, withdraw_post, write_post
from app.forums.actions.reading import note_reading, read_forum, read_space
from app.forums.actions.threads import open_thread, start_thread

__all__ = [
    "archive_forum",
    "create_forum",
    "describe_forum",
    "edit_post",
    "move_forum",
    "note_reading",
    "open_thread",
    "read_forum",
    "read_space",
    "start_thread",
    "withdraw_all",
    "withdraw_post",
    "write_post",
]
