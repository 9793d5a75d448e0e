"""Who may join a room's video call: whoever may enter the room."""

from app.breakouts.permissions import open_to
from app.permissions import WRITERS, allow

allow("video.join", WRITERS, visible=open_to)
