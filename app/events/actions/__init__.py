"""What people do in an event; each runs inside a transaction, and announces what it did."""

from app.events.actions.agenda import (
    add_item,
    change_event,
    change_item,
    create_event,
    event_from,
    move_item,
    remove_item,
    start_step,
)
from app.events.actions.at_once import ask_again, start_at_once
from app.events.actions.hall import (
    close_screen,
    hide,
    highlight,
    lock_joining,
    new_screen_link,
)
from app.events.actions.people import (
    SHORTEST_KEY,
    arrive,
    change_person,
    forget_person,
    join,
    join_once,
    member_of,
    new_remote_link,
    new_return_link,
    remove_person,
    revoke_return_links,
)

__all__ = [
    "SHORTEST_KEY",
    "add_item",
    "arrive",
    "ask_again",
    "change_event",
    "change_item",
    "change_person",
    "close_screen",
    "create_event",
    "event_from",
    "forget_person",
    "hide",
    "highlight",
    "join",
    "join_once",
    "lock_joining",
    "member_of",
    "move_item",
    "new_remote_link",
    "new_return_link",
    "new_screen_link",
    "remove_item",
    "remove_person",
    "revoke_return_links",
    "start_at_once",
    "start_step",
]
