"""What can have happened to a municipality."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class MunicipalitiesMerged(Fact):
    """Two were the same: one took the place of the other; announced inside the transaction only."""

    kept_id: int
    gone_id: int
