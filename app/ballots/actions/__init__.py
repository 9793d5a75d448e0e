"""What people do with ballots; each runs inside a transaction, and announces what it did."""

from app.ballots.actions.planning import change_ballot, follow_proposal, plan_ballot
from app.ballots.actions.running import (
    add_time,
    begin_round,
    can_open,
    close_ballot,
    keep_time,
    open_ballot,
    show_live,
    stop_countdown,
)
from app.ballots.actions.voting import cast_vote, remove_votes

__all__ = [
    "add_time",
    "begin_round",
    "can_open",
    "cast_vote",
    "change_ballot",
    "close_ballot",
    "follow_proposal",
    "keep_time",
    "open_ballot",
    "plan_ballot",
    "remove_votes",
    "show_live",
    "stop_countdown",
]
