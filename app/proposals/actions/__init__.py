"""What people do with proposals; each runs inside a transaction, and announces what it did."""

from app.proposals.actions.answering import (
    answer_aspect,
    answer_report,
    edit_answer,
    fulfil,
    unsign_answers,
    withdraw_answer,
)
from app.proposals.actions.flagging import dismiss_flags, flag
from app.proposals.actions.merging import merge, take_out
from app.proposals.actions.proposing import (
    edit_proposal,
    remove_all,
    remove_author,
    withdraw_proposal,
    write_proposal,
)
from app.proposals.actions.supporting import react, support

__all__ = [
    "answer_aspect",
    "answer_report",
    "dismiss_flags",
    "edit_answer",
    "edit_proposal",
    "flag",
    "fulfil",
    "merge",
    "react",
    "remove_all",
    "remove_author",
    "support",
    "take_out",
    "unsign_answers",
    "withdraw_answer",
    "withdraw_proposal",
    "write_proposal",
]
