"""What people do in breakout rounds; each runs inside a transaction, and announces what it did."""

from app.breakouts.actions.placing import choose, move, settle, settle_in
from app.breakouts.actions.rounds import (
    can_open,
    end_choosing,
    end_round,
    extend,
    hold,
    keep_time,
    open_round,
    plan_round,
    reopen,
)
from app.breakouts.actions.writing import (
    edit_contribution,
    withdraw_contribution,
    write_contribution,
    write_report,
)

__all__ = [
    "can_open",
    "choose",
    "edit_contribution",
    "end_choosing",
    "end_round",
    "extend",
    "hold",
    "keep_time",
    "move",
    "open_round",
    "plan_round",
    "reopen",
    "settle",
    "settle_in",
    "withdraw_contribution",
    "write_contribution",
    "write_report",
]
