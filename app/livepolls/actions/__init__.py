"""What people do in a flash poll; each runs inside a transaction, and announces what it did."""

from app.livepolls.actions.planning import change_poll, plan_poll
from app.livepolls.actions.polls import (
    add_time,
    close_poll,
    keep_time,
    open_poll,
    stop_countdown,
)
from app.livepolls.actions.voicing import (
    edit_concern,
    remove_author,
    support,
    withdraw_concern,
    write_concern,
)
from app.livepolls.board.actions import (
    checked_title,
    choose_aspects,
    create_aspect,
    move_concerns,
    split_concern,
    unfreeze,
)

__all__ = [
    "add_time",
    "change_poll",
    "checked_title",
    "choose_aspects",
    "close_poll",
    "create_aspect",
    "edit_concern",
    "keep_time",
    "move_concerns",
    "open_poll",
    "plan_poll",
    "remove_author",
    "split_concern",
    "stop_countdown",
    "support",
    "unfreeze",
    "withdraw_concern",
    "write_concern",
]
