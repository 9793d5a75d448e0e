"""Which fact of an account closes its connections."""

from collections.abc import Iterable

from app.accounts.facts import SessionsEnded
from app.realtime import Disconnect, redraws
from app.realtime.partials import Change


@redraws(SessionsEnded)
def _sessions_ended(fact: SessionsEnded) -> Iterable[Change]:
    return [Disconnect(f"account:{fact.account_id}")]
