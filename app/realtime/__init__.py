"""The one road from a committed fact to the pages that show it."""

from app.realtime.audiences import Audience, View, channel
from app.realtime.partials import (
    Disconnect,
    Dismiss,
    Leave,
    Partial,
    Redraw,
    Shut,
    ShutOut,
    Stream,
    redraws,
)
from app.realtime.publisher import ACCESS, Publisher

__all__ = [
    "ACCESS",
    "Audience",
    "Disconnect",
    "Dismiss",
    "Leave",
    "Partial",
    "Publisher",
    "Redraw",
    "Shut",
    "ShutOut",
    "Stream",
    "View",
    "channel",
    "redraws",
]
