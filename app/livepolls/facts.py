"""What can have happened in a flash poll."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class ConcernWritten(Fact):
    """A concern came in, was edited or withdrawn."""

    poll_id: int
    concern_id: int


@dataclass(frozen=True)
class ConcernWaits(Fact):
    """A concern that nobody but its author and the moderators has seen came, changed, or went."""

    poll_id: int
    concern_id: int


@dataclass(frozen=True)
class AuthorLeaves(Fact):
    """Whoever voiced a concern leaves it to others, who support other words than it says still."""

    poll_id: int
    concern_id: int


@dataclass(frozen=True)
class WordsTakenBack(Fact):
    """A concern says less than it did, or again what others support: no more is quoted of it."""

    poll_id: int
    concern_id: int


@dataclass(frozen=True)
class ConcernSupported(Fact):
    """Somebody said *me too*, or took it back."""

    poll_id: int
    concern_id: int


@dataclass(frozen=True)
class FiguresChanged(Fact):
    """A concern that was there already was hidden or shown again, edited or withdrawn."""

    poll_id: int
    aspect_id: int | None  # whose figures the hall sees, if it does


@dataclass(frozen=True)
class OwnConcernsChanged(Fact):
    """What one person wrote has changed."""

    poll_id: int
    participant_id: int


@dataclass(frozen=True)
class OwnSupportsChanged(Fact):
    """What one person supports has changed."""

    poll_id: int
    participant_id: int


@dataclass(frozen=True)
class SupportsShared(Fact):
    """Who supports one of these concerns supports another of them from now on, or no longer."""

    poll_id: int
    concern_ids: list[int]


@dataclass(frozen=True)
class PollTurned(Fact):
    """Concerns are taken from now on, or no longer; those that are there stay as they are."""

    poll_id: int


@dataclass(frozen=True)
class PollTimed(Fact):
    """A countdown was begun, given more time, or stopped."""

    poll_id: int


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
