"""Ballots: sums for everybody, and what is one's own."""

from typing import Any

from app.api.answers.events import moment
from app.ballots.models import Ballot
from app.ballots.queries import OwnVote, RoundResult, own_vote, tallies
from app.events.models import Participant

Answer = dict[str, Any]


def ballot_answer(ballot: Ballot, person: Participant) -> Answer:
    """A ballot, as far as this person may see it; whose votes they are nobody is told."""
    (tally,) = tallies(Ballot.id == ballot.id)
    is_shown = ballot.shows_results or person.is_moderator
    own = own_vote(ballot, person)
    return {
        "id": ballot.id,
        "event": ballot.event.code,
        "step": ballot.item_id,
        "kind": ballot.kind.value,
        "question": ballot.question,
        "state": ballot.state.value,
        "round": ballot.round,
        "closes_at": moment(ballot.closes_at),
        "most": ballot.most,
        "stacking": ballot.stacking,
        "lowest": ballot.lowest,
        "highest": ballot.highest,
        "options": _options(ballot) if person.is_moderator or not ballot.is_draft else [],
        "votes": tally.votes,
        "results": [_round(each) for each in tally.rounds] if is_shown else None,
        "reasons": [vote.reason for vote in tally.reasons if not vote.is_hidden],
        "mine": _vote(own) if own else None,
    }


def _options(ballot: Ballot) -> list[Answer]:
    return [{"id": option.id, "text": option.text} for option in ballot.options]


def _round(result: RoundResult) -> Answer:
    return {
        "round": result.number,
        "votes": result.votes,
        "mean": result.mean,
        "counts": {str(bar.id): bar.count for bar in result.bars},
    }


def _vote(own: OwnVote) -> Answer:
    return {
        "round": own.vote.round,
        "value": own.vote.value,
        "dots": {str(id): dots for id, dots in own.dots.items()},
        "reason": own.vote.reason,
    }
