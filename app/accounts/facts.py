"""What can have happened to an account."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class SessionsEnded(Fact):
    """What an account may hear, on any device, has to be asked for anew."""

    account_id: int


@dataclass(frozen=True)
class PasswordChanged(Fact):
    """Somebody has another password: what was handed out before ends."""

    account_id: int
