"""Breakout rounds, their rooms, who is in which, and what people write there."""

from app.breakouts.models.rounds import (
    AFTERWORD,
    RUNNING,
    SECOND_BREATH,
    Mode,
    PlacedHow,
    Placement,
    Room,
    Round,
    RoundState,
)
from app.breakouts.models.texts import (
    LONGEST_CONTRIBUTION,
    LONGEST_REPORT_PART,
    Contribution,
    Kind,
    Report,
)

__all__ = [
    "AFTERWORD",
    "LONGEST_CONTRIBUTION",
    "LONGEST_REPORT_PART",
    "RUNNING",
    "SECOND_BREATH",
    "Contribution",
    "Kind",
    "Mode",
    "PlacedHow",
    "Placement",
    "Report",
    "Room",
    "Round",
    "RoundState",
]
