"""Reads of ballots; sums alone leave them, except for what is the reader's own."""

from app.ballots.queries.ballots import (
    ballot_of,
    due_ballots,
    has_votes,
    options_of,
    vote_by_key,
)
from app.ballots.queries.own import (
    OwnVote,
    own_vote,
    own_votes,
    own_votes_by_person,
    voters_in,
)
from app.ballots.queries.sums import Bar, RoundResult, Tally, contexts, shown_in, tallies

__all__ = [
    "Bar",
    "OwnVote",
    "RoundResult",
    "Tally",
    "ballot_of",
    "contexts",
    "due_ballots",
    "has_votes",
    "options_of",
    "own_vote",
    "own_votes",
    "own_votes_by_person",
    "shown_in",
    "tallies",
    "vote_by_key",
    "voters_in",
]
