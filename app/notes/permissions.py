"""Who may do what in the notes of a room."""

from app.breakouts.permissions import open_to
from app.permissions import WRITERS, Role, allow

# Where people are in a room; those who lead visit every room, and hosts only look.
allow("notes.read", WRITERS, visible=open_to)
allow("notes.write", frozenset({Role.PARTICIPANT, Role.MODERATOR}), visible=open_to)
