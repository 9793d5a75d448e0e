"""Plans of rounds as the tests of this folder need them."""

from typing import Any

from app.accounts.models import Account
from app.breakouts import actions, queries
from app.breakouts.models import Round
from app.database import locked, transaction
from app.events import actions as event_actions
from app.events.models import Event, Participant
from tests.breakouts.rounds import item


def plan(event: Event, title: str = "Round 1", minutes: int = 10, **settings: Any) -> Round:
    """A round with these settings, as the agenda's form would leave it."""
    with transaction():
        event_actions.change_item(item(event, title), minutes=minutes, settings=settings)
    round_ = queries.round_of(item(event, title))
    assert round_ is not None
    return round_


def end_choosing(round_: Round) -> None:
    """Let the time for choosing be over."""
    with transaction():
        actions.end_choosing(locked(Round, round_.id))


def come_as(event: Event, account: Account, name: str = "") -> Participant:
    """Let somebody with an account join."""
    with transaction():
        return event_actions.join(
            event, name=name or account.name, account_id=account.id, language="en"
        )
