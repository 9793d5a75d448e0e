"""What can have happened to a space and the people in it."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class SpaceChanged(Fact):
    """A space has another name, description or setting, or is new."""

    space_id: int


@dataclass(frozen=True)
class MembershipChanged(Fact):
    """Somebody is now in a space, or in another role, or no longer."""

    space_id: int
    account_id: int


@dataclass(frozen=True)
class AccessChanged(Fact):
    """What somebody (or anybody) may read in a space has changed; announced on `ACCESS`."""

    space_id: int
    account_id: int | None


@dataclass(frozen=True)
class JoinRequestMade(Fact):
    """Somebody asks to be let into a space; told to its coordinators alone."""

    space_id: int
    account_id: int


@dataclass(frozen=True)
class JoinRequestAnswered(Fact):
    """A request was granted, declined, or taken back; told to who made it."""

    space_id: int
    account_id: int
    granted: bool
