"""The thread that a request is about, and the person who wants to put it in order."""

from app.arranging.permissions import require_settling
from app.database import found, locked
from app.forums.identity import member_about
from app.forums.models import Thread
from app.permissions import require
from app.spaces.models import Member


def arranged(thread_id: int, *, held: bool = False) -> tuple[Thread, Member]:
    """A thread, and a coordinator of its space; raises for everybody else."""
    thread = locked(Thread, thread_id) if held else found(Thread, thread_id)
    member = member_about(thread)
    require(member, "arranging.arrange", thread)
    return thread, member


def settled(thread_id: int, *, held: bool = False) -> tuple[Thread, Member]:
    """A thread, and a coordinator or whoever began it; raises for everybody else."""
    thread = locked(Thread, thread_id) if held else found(Thread, thread_id)
    member = member_about(thread)
    require_settling(member, thread)
    return thread, member
