"""Ballots: look, and vote."""

from typing import Any

from app.api.answers.ballots import ballot_answer
from app.api.bodies import body, identifiers, number, numbers_by_id, text
from app.api.calls import call
from app.api.tokens import person_in
from app.ballots import actions
from app.ballots.models import LONGEST_REASON, Ballot
from app.ballots.papers import Paper
from app.ballots.plans import HIGHEST, MOST_DOTS
from app.database import found, locked, transaction
from app.limits import TAPPING
from app.permissions import require

VOTE = body(
    identifiers("options", [7, 9], required=False),
    number("value", 0, HIGHEST, 4),
    numbers_by_id("dots", MOST_DOTS, {"7": 2, "9": 1}),
    text("reason", LONGEST_REASON, "Weil wir uns einig geworden sind.", required=False),
    examples={
        "choice": {"options": [7, 9]},
        "scale": {"value": 4},
        "dots": {"dots": {"7": 2, "9": 1}},
        "feedback": {"value": 9, "reason": "Weil wir uns einig geworden sind."},
    },
)


@call("GET", "/ballots/<int:ballot_id>", {200: "Ballot"})
def show(ballot_id: int) -> Any:
    """A ballot: its question and options, its result once that is shown, and my vote."""
    ballot = found(Ballot, ballot_id)
    person = person_in(ballot.event)
    require(person, "ballots.see", ballot)
    return ballot_answer(ballot, person)


@call("PUT", "/ballots/<int:ballot_id>/me", {200: "Ballot"}, body=VOTE, limit=TAPPING)
def vote(ballot_id: int, body: dict[str, Any]) -> Any:
    """Vote in the present round, or vote differently, until it is closed."""
    chosen = dict.fromkeys(body["options"] or (), 1)
    paper = Paper(chosen | (body["dots"] or {}), body["value"], body["reason"] or "")
    with transaction():
        ballot = locked(Ballot, ballot_id, shared=True)
        person = person_in(ballot.event)
        require(person, "ballots.vote", ballot)
        actions.cast_vote(ballot, person, paper)
    return ballot_answer(ballot, person)
