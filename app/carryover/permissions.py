"""Who may carry an event over: its moderators, into forums that they may write in."""

from app.permissions import MODERATORS, allow

allow("carryover.carry", MODERATORS)
