"""What can have happened in a breakout round."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class RoundOpened(Fact):
    """The rooms are open, and everybody present is in one or choosing."""

    round_id: int


@dataclass(frozen=True)
class RoundExtended(Fact):
    """All rooms have more time, or less."""

    round_id: int


@dataclass(frozen=True)
class ChoosingEnded(Fact):
    """Everybody is in a room now, chosen or not."""

    round_id: int


@dataclass(frozen=True)
class WishesNamed(Fact):
    """Somebody has named the rooms that they wish for, or taken that back."""

    round_id: int
    participant_id: int


@dataclass(frozen=True)
class RoundEnded(Fact):
    """Everybody is back in the plenum."""

    round_id: int


@dataclass(frozen=True)
class RoomExtended(Fact):
    """One room has more time than before, or less."""

    round_id: int
    room_id: int


@dataclass(frozen=True)
class RoomEnded(Fact):
    """The people of one room are back in the plenum, before the others."""

    round_id: int
    room_id: int


@dataclass(frozen=True)
class RoomReopened(Fact):
    """A room that had ended goes on."""

    round_id: int
    room_id: int


@dataclass(frozen=True)
class PlacementChanged(Fact):
    """Somebody is in another room, newly in one, newly choosing, or out of the round."""

    round_id: int
    participant_id: int
    from_room: int | None
    to_room: int | None


@dataclass(frozen=True)
class RoomChanged(Fact):
    """A room was added, or its name, its seats or its municipalities are others."""

    round_id: int
    room_id: int


@dataclass(frozen=True)
class RoomRenamed(Fact):
    """A room is called otherwise, and so is its page."""

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
class ContributionTalked(Fact):
    """Somebody replied or reacted to a contribution, or took that back."""

    room_id: int
    contribution_id: int


@dataclass(frozen=True)
class OwnContributionsChanged(Fact):
    """What one person has contributed, or said to contributions, has changed."""

    participant_id: int


@dataclass(frozen=True)
class ReportWritten(Fact):
    """A room's report has changed."""

    room_id: int


@dataclass(frozen=True)
class DutiesChanged(Fact):
    """Somebody else leads through the talk in a room, or takes its notes."""

    room_id: int


@dataclass(frozen=True)
class OwnDutiesChanged(Fact):
    """What one person does for their room has changed."""

    participant_id: int


@dataclass(frozen=True)
class HelpChanged(Fact):
    """A room has asked for help, somebody comes, or it is no longer needed."""

    round_id: int
    room_id: int


@dataclass(frozen=True)
class RoomMessageSent(Fact):
    """Those who lead have said something to a room; without one it is what they see of it."""

    round_id: int
    room_id: int | None
    message_id: int


@dataclass(frozen=True)
class PeopleNamed(Fact):
    """People are named for a part in a round, or have said whether they mind."""

    round_id: int
    participant_ids: list[int]


@dataclass(frozen=True)
class NamedNoMore(Fact):
    """Somebody is to be in a round as everybody else, who had a part in it."""

    round_id: int
    participant_id: int
    part: str
