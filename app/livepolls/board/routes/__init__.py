"""The routes of the board, all for those who lead the event."""

from app.livepolls.board.routes import (  # noqa: F401
    choosing,
    publishing,
    setting_aside,
    sorting,
    splitting,
    suggestions,
    undoing,
)
