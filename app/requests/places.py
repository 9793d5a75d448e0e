"""Where a page of the archive ends, as the address of the next one says it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.addresses import is_number


@dataclass(frozen=True)
class Place:
    """The place of a promise among the others: by when it came to stand so, then by its name."""

    at: datetime
    kind: str
    id: int

    @classmethod
    def of(cls, row: Any) -> "Place":
        """Where this row is."""
        return cls(row.at, row.kind, row.id)

    @classmethod
    def sent(cls, text: str) -> "Place | None":
        """The place that an address names; none if it is not one."""
        when, _, name = text.rpartition("_")
        kind, _, id = name.rpartition("-")
        with suppress(ValueError, OverflowError):
            at = datetime.fromisoformat(when)
            if at.tzinfo is not None and is_number(id):
                return cls(at.astimezone(UTC), kind, int(id))
        return None

    def __str__(self) -> str:
        """As an address says it."""
        return f"{self.at.isoformat()}_{self.kind}-{self.id}"
