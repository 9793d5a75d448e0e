"""Who may put threads in order: coordinators, and in part whoever began the thread."""

from typing import Any

from app.forums.models import Thread
from app.forums.subjects import readable_by
from app.permissions import COORDINATORS, MEMBERS, allow, can, require

allow("arranging.arrange", COORDINATORS, visible=readable_by)
allow("arranging.settle", MEMBERS, own=True, visible=readable_by)


def may_settle(person: Any, thread: Thread) -> bool:
    """Whether somebody may name a thread and say that it is solved."""
    return can(person, "arranging.settle", thread) or can(person, "arranging.arrange", thread)


def require_settling(person: Any, thread: Thread) -> None:
    """Raise unless `may_settle`."""
    if not can(person, "arranging.settle", thread):
        require(person, "arranging.arrange", thread)
