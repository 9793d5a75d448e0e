"""What people do with spaces; each runs inside a transaction, and announces what it did."""

from app.spaces.actions.invitations import accept, address, invite, send, withdraw
from app.spaces.actions.members import (
    admit,
    admit_at_least,
    change_role,
    coordinate,
    join,
    let_go,
    remove_member,
)
from app.spaces.actions.programme import build
from app.spaces.actions.requests import ask, decline, grant, take_back
from app.spaces.actions.spaces import (
    allow_readers,
    archive,
    change_space,
    close_request_link,
    create_space,
    make_request_link,
    set_privacy,
)

__all__ = [
    "accept",
    "address",
    "admit",
    "admit_at_least",
    "allow_readers",
    "archive",
    "ask",
    "build",
    "change_role",
    "change_space",
    "close_request_link",
    "coordinate",
    "create_space",
    "decline",
    "grant",
    "invite",
    "join",
    "let_go",
    "make_request_link",
    "remove_member",
    "send",
    "set_privacy",
    "take_back",
    "withdraw",
]
