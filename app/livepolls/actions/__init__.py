"""What people do in a flash poll; each runs inside a transaction, and announces what it did."""

from app.livepolls.actions.gathering import (
    accept_all,
    accept_suggestion,
    checked_title,
    create_aspect,
    dismiss_suggestion,
    dissolve_aspect,
    merge_aspects,
    move_concern,
    rename_aspect,
    replace_suggestions,
    want_suggestions,
)
from app.livepolls.actions.polls import (
    choose_aspects,
    close_poll,
    open_poll,
    unfreeze,
)
from app.livepolls.actions.voicing import (
    edit_concern,
    remove_author,
    support,
    withdraw_concern,
    write_concern,
)

__all__ = [
    "accept_all",
    "accept_suggestion",
    "checked_title",
    "choose_aspects",
    "close_poll",
    "create_aspect",
    "dismiss_suggestion",
    "dissolve_aspect",
    "edit_concern",
    "merge_aspects",
    "move_concern",
    "open_poll",
    "remove_author",
    "rename_aspect",
    "replace_suggestions",
    "support",
    "unfreeze",
    "want_suggestions",
    "withdraw_concern",
    "write_concern",
]
