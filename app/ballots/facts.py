"""What can have happened with a ballot."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class VoteCast(Fact):
    """Somebody has voted, has changed or lost their vote; nothing says who, or for what."""

    ballot_id: int


@dataclass(frozen=True)
class OwnVoteChanged(Fact):
    """What one person has voted has changed."""

    participant_id: int


@dataclass(frozen=True)
class BallotTimed(Fact):
    """A countdown was begun, given more time, or stopped."""

    ballot_id: int
