"""Breakout rounds, their rooms, who is in which, and what people write there."""

from app.breakouts.models.attendance import Stay
from app.breakouts.models.calls import LONGEST_MESSAGE, HelpCall, RoomMessage
from app.breakouts.models.duties import BEFORE_THE_TALK, Duty, Nomination, Part
from app.breakouts.models.plans import (
    MOST_WISHES,
    Bond,
    Pair,
    PreparedPlace,
    SeatWanted,
    Wish,
)
from app.breakouts.models.rounds import (
    AFTERWORD,
    BY_ATTRIBUTE,
    BY_CHOICE,
    RUNNING,
    SECOND_BREATH,
    Mode,
    PlacedHow,
    Placement,
    Room,
    Round,
    RoundState,
    name_of,
)
from app.breakouts.models.talks import (
    CONTRIBUTION,
    ContributionReaction,
    ContributionThread,
    ContributionVersion,
)
from app.breakouts.models.texts import (
    LONGEST_CONTRIBUTION,
    LONGEST_REPORT_PART,
    Contribution,
    Kind,
    Report,
)
from app.breakouts.models.times import GRACE

__all__ = [
    "AFTERWORD",
    "BEFORE_THE_TALK",
    "BY_ATTRIBUTE",
    "BY_CHOICE",
    "CONTRIBUTION",
    "GRACE",
    "LONGEST_CONTRIBUTION",
    "LONGEST_MESSAGE",
    "LONGEST_REPORT_PART",
    "MOST_WISHES",
    "RUNNING",
    "SECOND_BREATH",
    "Bond",
    "Contribution",
    "ContributionReaction",
    "ContributionThread",
    "ContributionVersion",
    "Duty",
    "HelpCall",
    "Kind",
    "Mode",
    "Nomination",
    "Pair",
    "Part",
    "PlacedHow",
    "Placement",
    "PreparedPlace",
    "Report",
    "Room",
    "RoomMessage",
    "Round",
    "RoundState",
    "SeatWanted",
    "Stay",
    "Wish",
    "name_of",
]
