"""One person's votes: to take along, and to delete."""

from typing import Any

from app.ballots.actions import remove_votes
from app.ballots.models import Vote
from app.ballots.queries import OwnVote, own_votes
from app.events.models import Participant
from app.events.own_data import OwnData


def _export(person: Participant) -> list[dict[str, Any]]:
    return [_as_values(own) for own in own_votes(Vote.participant_id == person.id)]


def _as_values(own: OwnVote) -> dict[str, Any]:
    return {
        "question": own.ballot.question,
        "round": own.vote.round,
        "options": {option.text: dots for option, dots in own.picks},
        "value": own.vote.value,
        "reason": own.vote.reason,
        "cast_at": own.vote.cast_at.isoformat(),
    }


part = OwnData("votes", _export, remove_votes)
