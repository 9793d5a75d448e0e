"""What tests of ballots begin with."""

from typing import Any

from app.ballots import actions
from app.ballots.models import Ballot, BallotOption, Vote
from app.ballots.papers import Paper
from app.ballots.queries import ballot_of
from app.database import locked, transaction
from app.events import actions as event_actions
from app.events.models import AgendaItem, Event
from app.extensions import db
from tests.browsers import Visitor

FRUITS = "Apples\nPears\nPlums"
SETTINGS: dict[str, dict[str, Any]] = {
    "choice": {"options": FRUITS, "most": "1"},
    "scale": {"lowest": "1", "highest": "5"},
    "dots": {"options": FRUITS, "most": "3", "stacking": "yes"},
    "feedback": {},
}


def plan(event: Event, kind: str, **settings: Any) -> AgendaItem:
    """Add a ballot to the agenda."""
    with transaction():
        return event_actions.add_item(
            event, kind, f"A {kind}", "Which do you like?", settings=SETTINGS[kind] | settings
        )


def ask(event: Event, kind: str, **settings: Any) -> Ballot:
    """Bring the event to a new ballot, which opens it."""
    item = plan(event, kind, **settings)
    with transaction():
        event_actions.start_step(event, item)
    ballot = ballot_of(item)
    assert ballot is not None
    return ballot


def options(ballot: Ballot) -> dict[str, int]:
    """The ids of the options by their words."""
    db.session.expire(ballot, ["options"])
    return {option.text: option.id for option in ballot.options}


def cast(ballot: Ballot, visitor: Visitor, **paper: Any) -> None:
    """Let somebody vote, without a browser: `value=4`, or `dots={"Apples": 2}`."""
    named = options(ballot)
    dots = {named[text]: n for text, n in paper.pop("dots", {}).items()}
    with transaction():
        actions.cast_vote(
            locked(Ballot, ballot.id, shared=True), visitor.person, Paper(dots, **paper)
        )


def votes(ballot: Ballot) -> list[Vote]:
    """All votes of a ballot."""
    return db.session.query(Vote).filter_by(ballot_id=ballot.id).order_by(Vote.id).all()


def option_named(ballot: Ballot, text: str) -> BallotOption:
    """The option with these words."""
    return db.session.get_one(BallotOption, options(ballot)[text])
