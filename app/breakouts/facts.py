"""What can have happened in a breakout round."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class RoundOpened(Fact):
    """The rooms are open, and everybody present is in one or choosing."""

    round_id: int


@dataclass(frozen=True)
class RoundExtended(Fact):
    """There is more time."""

    round_id: int


@dataclass(frozen=True)
class ChoosingEnded(Fact):
    """Everybody is in a room now, chosen or not."""

    round_id: int


@dataclass(frozen=True)
class RoundEnded(Fact):
    """Everybody is back in the plenum."""

    round_id: int


@dataclass(frozen=True)
class PlacementChanged(Fact):
    """Somebody is in another room, newly in one, newly choosing, or out of the round."""

    round_id: int
    participant_id: int
    from_room: int | None
    to_room: int | None


@dataclass(frozen=True)
class RoomChanged(Fact):
    """A room was added, or other municipalities belong to it."""

    round_id: int
    room_id: int


@dataclass(frozen=True)
class RosterChanged(Fact):
    """Somebody of the room came, went, or has another name."""

    room_id: int


@dataclass(frozen=True)
class ContributionWritten(Fact):
    """A contribution came in, was edited or withdrawn."""

    room_id: int
    contribution_id: int


@dataclass(frozen=True)
class OwnContributionsChanged(Fact):
    """What one person has contributed has changed."""

    participant_id: int


@dataclass(frozen=True)
class ReportWritten(Fact):
    """A room's report has changed."""

    room_id: int
