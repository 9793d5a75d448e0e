"""Which fact of a breakout round redraws which part of which page."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy import select

from app.addresses import is_number
from app.breakouts import queries
from app.breakouts.facts import (
    ChoosingEnded,
    ContributionWritten,
    OwnContributionsChanged,
    PlacementChanged,
    ReportWritten,
    RoomChanged,
    RosterChanged,
    RoundEnded,
    RoundExtended,
    RoundOpened,
)
from app.breakouts.models import Contribution, Room, Round
from app.database import found
from app.events.facts import CardHidden
from app.events.identity import participant_in
from app.events.models import Participant
from app.events.subscriptions import language_of
from app.extensions import db
from app.permissions import require
from app.realtime import Audience, Leave, Partial, Redraw, Stream, View, channel, redraws
from app.realtime.partials import Change, Context

HALL = frozenset({View.HALL})
COCKPIT = frozenset({View.COCKPIT})
SCREEN = frozenset({View.SCREEN})
ROOM = frozenset({View.ROOM})
PERSON = frozenset({View.PERSON})
SPREAD = "1500"  # milliseconds over which a hall's pages go to their rooms and back


@channel("room")
def room_audience(id: str) -> Audience:
    """Who is in a room hears it, and so do those who lead and may visit."""
    room = found(Room, int(id) if is_number(id) else 0)
    person = participant_in(room.round.event)
    require(person, "breakouts.enter", room)
    return Audience(room.channel, room.channel, View.ROOM, language_of(person))


def own_context(person: Participant) -> dict[str, Any]:
    """What one person has contributed."""
    return {"me": person, "own": queries.own_contributions(person)}


def _own(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    people = db.session.scalars(select(Participant).where(Participant.id.in_(list(ids))))
    return {person.id: own_context(person) for person in people}


def _not_hidden(context: Context, _view: View) -> bool:
    return not context["contribution"].is_hidden


clock = Partial(
    "breakouts/_clock.html", "round-clock-{id}", queries.rounds_by_id, HALL | COCKPIT | SCREEN
)
room_count = Partial(
    "breakouts/_room_count.html", "room-count-{id}", queries.room_counts, HALL | SCREEN
)
choosing = Partial(
    "breakouts/_choosing.html",
    "choosing-{id}",
    queries.choosing_counts,
    HALL | COCKPIT | SCREEN,
)
round_end = Partial("breakouts/_round_end.html", "round-end-{id}", queries.rounds_by_id, HALL)
tile = Partial(
    "breakouts/_tile.html", "room-tile-{id}", queries.tiles, COCKPIT, into="room-tiles-{round_id}"
)
head = Partial("breakouts/_room_head.html", "room-head-{id}", queries.heads, ROOM)
roster = Partial("breakouts/_roster.html", "roster-{id}", queries.rosters, ROOM)
contribution = Partial(
    "breakouts/_contribution.html",
    "contribution-{id}",
    queries.contributions_by_id,
    ROOM,
    into="contributions-{room_id}",
    first=True,
    shown=_not_hidden,
)
report = Partial("breakouts/_report.html", "report-{id}", queries.reports_by_room, ROOM)
marks = Partial("breakouts/_marks.html", "contribution-marks", _own, PERSON)


def onward(round_: Round) -> Markup:
    """What leads a page on that shows a choice which is over, or a round that is."""
    if round_.is_over:
        return visit(url_for("events.live", code=round_.event.code), HALL).markup()
    return _to_room(round_.id, HALL, after="choosing").markup()


def visit(url: str, views: frozenset[View]) -> Stream:
    """Send pages on, a hall's or a room's not all at once."""
    jitter = "" if views == PERSON else SPREAD
    return Stream("visit", attributes=(("href", url), ("jitter", jitter)), views=views)


def _to_room(round_id: int, views: frozenset[View], after: str | None = None) -> Stream:
    """Lead into the room; `after` makes it another address than that of the choice."""
    return visit(url_for("breakouts.my_room", round_id=round_id, after=after), views)


@redraws(RoundOpened)
def _opened(fact: RoundOpened) -> Iterable[Change]:
    return [_to_room(fact.round_id, HALL)]


@redraws(RoundEnded)
def _ended(fact: RoundEnded) -> Iterable[Change]:
    code = db.session.get_one(Round, fact.round_id).event.code
    waiting = [Redraw(partial, fact.round_id) for partial in (choosing, round_end)]
    return [visit(url_for("events.live", code=code), ROOM), *waiting]


@redraws(RoundExtended)
def _extended(fact: RoundExtended) -> Iterable[Change]:
    return [Redraw(clock, fact.round_id)]


@redraws(ChoosingEnded)
def _choosing_ended(fact: ChoosingEnded) -> Iterable[Change]:
    rooms = db.session.scalars(select(Room.id).where(Room.round_id == fact.round_id))
    redrawn = [Redraw(partial, id) for id in rooms for partial in (room_count, tile, head, roster)]
    return [Redraw(choosing, fact.round_id), Redraw(clock, fact.round_id), *redrawn]


@redraws(PlacementChanged)
def _placed(fact: PlacementChanged) -> Iterable[Change]:
    rooms = [id for id in (fact.from_room, fact.to_room) if id is not None]
    redrawn = [Redraw(partial, id) for id in rooms for partial in (room_count, tile, head, roster)]
    left = [Leave(fact.participant_id, f"room:{fact.from_room}")] if fact.from_room else []
    return [
        *left,
        Redraw(choosing, fact.round_id),
        *redrawn,
        _to_room(fact.round_id, PERSON, "move"),
    ]


@redraws(RoomChanged)
def _room_changed(fact: RoomChanged) -> Iterable[Change]:
    return [Redraw(tile, fact.room_id), Redraw(head, fact.room_id)]


@redraws(RosterChanged)
def _roster_changed(fact: RosterChanged) -> Iterable[Change]:
    return [Redraw(roster, fact.room_id)]


@redraws(ContributionWritten)
def _written(fact: ContributionWritten) -> Iterable[Change]:
    return [Redraw(contribution, fact.contribution_id), Redraw(tile, fact.room_id)]


@redraws(CardHidden)
def _hidden(fact: CardHidden) -> Iterable[Change]:
    if fact.kind != "contribution":
        return []
    hidden = db.session.get(Contribution, fact.id)
    tiles = [Redraw(tile, hidden.room_id)] if hidden else []
    return [Redraw(contribution, fact.id), *tiles]


@redraws(OwnContributionsChanged)
def _own_changed(fact: OwnContributionsChanged) -> Iterable[Change]:
    return [Redraw(marks, fact.participant_id)]


@redraws(ReportWritten)
def _reported(fact: ReportWritten) -> Iterable[Change]:
    return [Redraw(report, fact.room_id), Redraw(tile, fact.room_id)]
