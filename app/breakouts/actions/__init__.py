"""What people do in breakout rounds; each runs inside a transaction, and announces what it did."""

from app.breakouts.actions.attendance import forget_stays, note_presence
from app.breakouts.actions.calls import answer_help, ask_for_help, end_help, send_message
from app.breakouts.actions.duties import appoint, give_back, note_holder, pass_on, welcome_back
from app.breakouts.actions.moving import move, move_all, rebalance, swap
from app.breakouts.actions.naming import agree, decline, name_for, name_no_more
from app.breakouts.actions.placing import choose, settle, settle_in
from app.breakouts.actions.planning import (
    bind,
    deal_anew,
    prepare,
    prepare_from,
    unbind,
)
from app.breakouts.actions.rounds import (
    can_open,
    end_choosing,
    end_round,
    hold,
    hold_plan,
    hold_room,
    open_round,
    plan_round,
    reopen,
)
from app.breakouts.actions.seating import Said, change_room, plan_seats
from app.breakouts.actions.talking import (
    announce_talk,
    begin_talk,
    react,
    shut_talk,
    take_back_reactions,
)
from app.breakouts.actions.timing import (
    MOST_MINUTES,
    begin_last_minute,
    begin_last_minute_of,
    extend,
    extend_room,
    keep_time,
    shorten,
    shorten_room,
)
from app.breakouts.actions.waiting import give_seats, stop_waiting, wait
from app.breakouts.actions.wishes import name_wishes
from app.breakouts.actions.writing import (
    edit_contribution,
    remove_author,
    withdraw_contribution,
    write_contribution,
    write_report,
)

__all__ = [
    "MOST_MINUTES",
    "Said",
    "agree",
    "announce_talk",
    "answer_help",
    "appoint",
    "ask_for_help",
    "begin_last_minute",
    "begin_last_minute_of",
    "begin_talk",
    "bind",
    "can_open",
    "change_room",
    "choose",
    "deal_anew",
    "decline",
    "edit_contribution",
    "end_choosing",
    "end_help",
    "end_round",
    "extend",
    "extend_room",
    "forget_stays",
    "give_back",
    "give_seats",
    "hold",
    "hold_plan",
    "hold_room",
    "keep_time",
    "move",
    "move_all",
    "name_for",
    "name_no_more",
    "name_wishes",
    "note_holder",
    "note_presence",
    "open_round",
    "pass_on",
    "plan_round",
    "plan_seats",
    "prepare",
    "prepare_from",
    "react",
    "rebalance",
    "remove_author",
    "reopen",
    "send_message",
    "settle",
    "settle_in",
    "shorten",
    "shorten_room",
    "shut_talk",
    "stop_waiting",
    "swap",
    "take_back_reactions",
    "unbind",
    "wait",
    "welcome_back",
    "withdraw_contribution",
    "write_contribution",
    "write_report",
]
