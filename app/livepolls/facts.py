"""What can have happened in a flash poll."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class ConcernWritten(Fact):
    """A concern came in, was edited or withdrawn."""

    poll_id: int
    concern_id: int


@dataclass(frozen=True)
class ConcernSupported(Fact):
    """Somebody said *me too*, or took it back."""

    poll_id: int
    concern_id: int


@dataclass(frozen=True)
class OwnConcernsChanged(Fact):
    """What one person wrote or supports has changed."""

    poll_id: int
    participant_id: int


@dataclass(frozen=True)
class AspectsChosen(Fact):
    """The aspects are frozen: they are topics from now on."""

    poll_id: int


@dataclass(frozen=True)
class AspectsMerged(Fact):
    """An aspect was put into another, and is about to vanish."""

    kept_id: int
    other_id: int


@dataclass(frozen=True)
class AspectEmptied(Fact):
    """An aspect has lost its last concern, and is about to vanish; a follower may refuse."""

    aspect_id: int
