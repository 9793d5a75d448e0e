"""The one road from a committed fact to the pages that show it."""

from app.realtime.audiences import Audience, View, channel
from app.realtime.partials import Disconnect, Dismiss, Leave, Partial, Redraw, Stream, redraws
from app.realtime.publisher import Publisher

__all__ = [
    "Audience",
    "Disconnect",
    "Dismiss",
    "Leave",
    "Partial",
    "Publisher",
    "Redraw",
    "Stream",
    "View",
    "channel",
    "redraws",
]
