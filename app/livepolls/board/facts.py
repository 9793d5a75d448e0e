"""What can have happened on the board of a flash poll."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class BoardChanged(Fact):
    """Moderators have moved some concerns; all else stands where it stood."""

    poll_id: int
    concerns: list[int]  # whose place, or looks, have changed
    made: list[int]  # aspects that are new, or back
    gone: list[int]  # aspects that are no more
    suggestions: list[int]  # which have gained or lost members
    touched: list[int]  # aspects whose concerns have changed
    hall_too: bool  # the aspects are chosen, so the hall sees them


@dataclass(frozen=True)
class SuggestionsMade(Fact):
    """New suggestions lie beside the board, in place of the old ones."""

    poll_id: int
