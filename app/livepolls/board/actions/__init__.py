"""What moderators do to the board; each runs inside a transaction that holds the poll."""

from app.livepolls.board.actions.choosing import choose_aspects, unfreeze
from app.livepolls.board.actions.gathering import (
    create_aspect,
    dissolve_aspect,
    merge_aspects,
    move_concerns,
    rename_aspect,
)
from app.livepolls.board.actions.placing import checked_title
from app.livepolls.board.actions.publishing import is_read_first, publish, wait_again
from app.livepolls.board.actions.setting_aside import hide, set_off_topic, show, take_up
from app.livepolls.board.actions.splitting import split_concern
from app.livepolls.board.actions.suggestions import (
    accept_all,
    accept_suggestion,
    dismiss_suggestion,
    replace_suggestions,
    want_suggestions,
)
from app.livepolls.board.actions.undoing import UndoConflict, redo, undo

__all__ = [
    "UndoConflict",
    "accept_all",
    "accept_suggestion",
    "checked_title",
    "choose_aspects",
    "create_aspect",
    "dismiss_suggestion",
    "dissolve_aspect",
    "hide",
    "is_read_first",
    "merge_aspects",
    "move_concerns",
    "publish",
    "redo",
    "rename_aspect",
    "replace_suggestions",
    "set_off_topic",
    "show",
    "split_concern",
    "take_up",
    "undo",
    "unfreeze",
    "wait_again",
    "want_suggestions",
]
