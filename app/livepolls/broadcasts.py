"""Which fact of a flash poll redraws which part of which page."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from app.events.facts import CardHidden
from app.events.models import Participant
from app.extensions import db
from app.livepolls import queries
from app.livepolls.facts import (
    ConcernSupported,
    ConcernWritten,
    OwnConcernsChanged,
)
from app.livepolls.queries import ConcernCard
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change, Context


def _in_hall(context: Context, _view: View) -> bool | None:
    """A hidden poll's concerns are silent; a hidden concern goes away."""
    if not context["poll"].shows_concerns:
        return None
    return not context["card"].concern.is_hidden


def _own(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    people = {id: db.session.get_one(Participant, id) for id in ids}
    return {id: own_context(person) for id, person in people.items()}


def own_context(person: Participant) -> dict[str, Any]:
    """What one person has voiced and supports."""
    return {
        "me": person,
        "event": person.event,
        "own": queries.own_cards(person),
        "supported": queries.supported_by(person),
    }


HALL = frozenset({View.HALL})
COCKPIT = frozenset({View.COCKPIT})
PERSON = frozenset({View.PERSON})


def _hall_looks(context: Context) -> tuple[Hashable, ...]:
    card, poll = context["card"], context["poll"]
    concern = card.concern
    return (concern.id, concern.text, card.supports, poll.is_frozen, poll.event.code)


def _board_looks(context: Context) -> Hashable:
    return (*_hall_looks(context), context["card"].author, context["card"].concern.is_hidden)


concern = Partial(
    "livepolls/_concern.html",
    "concern-{id}",
    queries.cards_by_id,
    HALL,
    into="concerns-{poll_id}",
    first=True,
    shown=_in_hall,
    looks=_hall_looks,
)
board_card = Partial(
    "livepolls/_board_card.html",
    "card-{id}",
    queries.cards_by_id,
    COCKPIT,
    into="loose-{poll_id}",
    looks=_board_looks,
)


def concern_card(card: ConcernCard, version: int) -> Markup:
    """A concern as it stands in a page of the hall."""
    return concern.markup({"card": card, "poll": card.concern.poll}, View.HALL, version)


def sorting_card(card: ConcernCard, version: int) -> Markup:
    """A concern as it stands on the moderators' board."""
    return board_card.markup({"card": card, "poll": card.concern.poll}, View.COCKPIT, version)


counts = Partial(
    "livepolls/_counts.html",
    "poll-counts-{id}",
    queries.poll_counts,
    frozenset({View.COCKPIT, View.SCREEN, View.HALL}),
)
mine = Partial("livepolls/_mine.html", "mine", _own, PERSON)
marks = Partial("livepolls/_marks.html", "concern-marks", _own, PERSON)


@redraws(ConcernWritten)
def _written(fact: ConcernWritten) -> Iterable[Change]:
    return [
        Redraw(concern, fact.concern_id),
        Redraw(board_card, fact.concern_id),
        Redraw(counts, fact.poll_id),
    ]


@redraws(ConcernSupported)
def _supported(fact: ConcernSupported) -> Iterable[Change]:
    return [Redraw(concern, fact.concern_id), Redraw(board_card, fact.concern_id)]


@redraws(CardHidden)
def _hidden(fact: CardHidden) -> Iterable[Change]:
    if fact.kind != "concern":
        return []
    return [Redraw(concern, fact.id), Redraw(board_card, fact.id)]


@redraws(OwnConcernsChanged)
def _own_changed(fact: OwnConcernsChanged) -> Iterable[Change]:
    return [Redraw(mine, fact.participant_id), Redraw(marks, fact.participant_id)]
