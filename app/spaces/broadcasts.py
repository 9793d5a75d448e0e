"""Which fact of a space closes connections, and has pages fetched anew."""

from collections.abc import Iterable

from app.outbox import Fact
from app.realtime import ShutOut, Stream, View, redraws
from app.realtime.partials import Change
from app.spaces.facts import AccessChanged, JoinRequestAnswered, JoinRequestMade, SpaceChanged


@redraws(AccessChanged)
def _access(fact: AccessChanged) -> Iterable[Change]:
    person = None if fact.account_id is None else f"account:{fact.account_id}"
    return [ShutOut(fact.space_id, person)]


@redraws(SpaceChanged)
def _space(_fact: Fact) -> Iterable[Change]:
    return [Stream("catch-up", views=frozenset({View.SPACE}))]


@redraws(JoinRequestMade, JoinRequestAnswered)
def _request(_fact: Fact) -> Iterable[Change]:
    """For the coordinators, or for who asked."""
    return [Stream("catch-up", views=frozenset({View.PERSON}))]
