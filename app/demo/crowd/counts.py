"""What the crowd has done, and what it was answered."""

from collections import Counter
from dataclasses import dataclass, field

NAMES = {
    "join": "joined",
    "concern": "concerns",
    "concern support": "me-toos",
    "proposal": "proposals",
    "proposal support": "supports",
    "comment": "comments",
    "question": "questions",
    "question support": "question supports",
    "choice": "rooms chosen",
    "contribution": "contributions",
    "vote": "votes",
}


@dataclass
class Counts:
    """Numbers of a step, or of all; reads are counted only where they go wrong."""

    accepted: Counter[str] = field(default_factory=Counter)  # by what was done
    refused: Counter[int] = field(default_factory=Counter)  # by status, from 400 to 499
    errors: Counter[str] = field(default_factory=Counter)  # by what went wrong

    def answered(self, deed: str, status: int) -> None:
        """Count an answer to something that was sent."""
        if status >= 500:
            self.errors[f"status {status}"] += 1
        elif status >= 400:
            self.refused[status] += 1
        else:
            self.accepted[deed] += 1

    def failed(self, error: Exception) -> None:
        """Count a connection that did not hold."""
        self.errors[type(error).__name__] += 1

    def add(self, other: "Counts") -> None:
        """Add the numbers of a step."""
        self.accepted += other.accepted
        self.refused += other.refused
        self.errors += other.errors

    @property
    def is_clean(self) -> bool:
        """Whether nothing unexpected has happened."""
        return not self.errors

    @property
    def done(self) -> str:
        """What was accepted, in words."""
        parts = [f"{self.accepted[key]} {name}" for key, name in NAMES.items()]
        return ", ".join(part for part in parts if not part.startswith("0 ")) or "nothing sent"

    @property
    def trouble(self) -> str:
        """What was refused and what went wrong, in words; empty if nothing."""
        parts = [f"{count} refused ({status})" for status, count in sorted(self.refused.items())]
        parts += [f"{count} × {error}" for error, count in sorted(self.errors.items())]
        return "; ".join(parts)

    @property
    def total(self) -> str:
        """All numbers in one line."""
        accepted, refused = self.accepted.total(), self.refused.total()
        errors = self.errors.total()
        line = (
            f"sent {accepted + refused + errors}, accepted {accepted}, "
            f"refused {refused}, errors {errors}"
        )
        return f"{line} ({self.trouble})" if self.trouble else line
