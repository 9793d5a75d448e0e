"""Which fact of a breakout round redraws which part of which page."""

from collections.abc import Iterable

from flask import url_for
from markupsafe import Markup
from sqlalchemy import select

from app.addresses import is_number
from app.breakouts import queries
from app.breakouts.facts import (
    ChoosingEnded,
    ContributionTalked,
    ContributionWritten,
    OwnContributionsChanged,
    PlacementChanged,
    ReportWritten,
    RoomChanged,
    RoomRenamed,
    RosterChanged,
    RoundEnded,
    RoundExtended,
    RoundOpened,
    WishesNamed,
)
from app.breakouts.models import Contribution, Mode, Room, Round
from app.database import found
from app.events import remote
from app.events.facts import CardHidden
from app.events.identity import participant_in
from app.events.marks import marks
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


def _not_hidden(context: Context, _view: View) -> bool:
    return not context["contribution"].is_hidden


def _while_choosing(context: Context, _view: View) -> bool | None:
    """Later nobody looks at it, and nothing needs to be said."""
    return context["card"].room.round.is_choosing or None


clock = Partial(
    "breakouts/_clock.html",
    "round-clock-{id}",
    queries.rounds_by_id,
    HALL | COCKPIT | SCREEN | {View.REMOTE},
)
room_count = Partial(
    "breakouts/_room_count.html", "room-count-{id}", queries.room_counts, HALL | SCREEN
)
room_name = Partial("breakouts/_room_name.html", "room-name-{id}", queries.room_counts, HALL)
room_way = Partial(
    "breakouts/_room_way.html", "room-way-{id}", queries.room_counts, HALL, shown=_while_choosing
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
result_talk = Partial(
    "breakouts/_result_talk.html",
    "result-talk-{id}",
    queries.contributions_by_id,
    HALL,
    shown=_not_hidden,
)
report = Partial("breakouts/_report.html", "report-{id}", queries.reports_by_room, ROOM)


def onward(round_: Round) -> Markup:
    """What leads a page on that shows a choice which is over, or a round that is."""
    if round_.is_over:
        return visit(url_for("events.live", code=round_.event.code), HALL).markup()
    return _to_room(round_.id, HALL, after="choosing").markup()


def visit(url: str, views: frozenset[View], *, yields: bool = True) -> Stream:
    """Send pages on, a hall's or a room's not all at once; mostly who is writing may finish."""
    jitter, waits = "" if views == PERSON else SPREAD, "yes" if yields else ""
    attributes = (("href", url), ("jitter", jitter), ("yields", waits))
    return Stream("visit", attributes=attributes, views=views)


def _to_room(round_id: int, views: frozenset[View], after: str | None = None) -> Stream:
    """Lead into the room; `after` makes it another address than that of the choice."""
    url = url_for("breakouts.my_room", round_id=round_id, after=after)
    return visit(url, views, yields=views != PERSON)  # who is in another room writes for that one


@redraws(RoundOpened)
def _opened(fact: RoundOpened) -> Iterable[Change]:
    return [_to_room(fact.round_id, HALL)]


@redraws(WishesNamed)
def _wished(fact: WishesNamed) -> Iterable[Change]:
    return [Redraw(choosing, fact.round_id)]


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
    redrawn = [Redraw(partial, id) for id in rooms for partial in (room_count, tile)]
    return [Redraw(choosing, fact.round_id), Redraw(clock, fact.round_id), *redrawn]


def _leave(person_id: int, room_id: int) -> list[Leave]:
    """Who has gone from a room hears nothing of it any more, nor of what is replied there."""
    threads = [thread.channel for thread in queries.threads_in([room_id])]
    channels = [f"room:{room_id}", *threads]
    return [Leave(Participant.channel_of(person_id), name) for name in channels]


@redraws(PlacementChanged)
def _placed(fact: PlacementChanged) -> Iterable[Change]:
    rooms = [id for id in (fact.from_room, fact.to_room) if id is not None]
    partials = (room_count, room_way, tile, head, roster)
    redrawn = [Redraw(partial, id) for id in rooms for partial in partials]
    left = _leave(fact.participant_id, fact.from_room) if fact.from_room else []
    return [
        *left,
        Redraw(choosing, fact.round_id),
        *redrawn,
        _to_room(fact.round_id, PERSON, "move"),
    ]


@redraws(RoomChanged)
def _room_changed(fact: RoomChanged) -> Iterable[Change]:
    """Rooms to wish for stand in fields: whoever looks at them fetches them anew."""
    partials = (tile, head, room_name, room_count, room_way)
    redrawn = [Redraw(partial, fact.room_id) for partial in partials]
    round_ = db.session.get_one(Round, fact.round_id)
    if round_.mode != Mode.WISHES or not round_.is_choosing:
        return redrawn
    return [*redrawn, Stream("catch-up", "room-wishes", views=HALL)]


@redraws(RoomRenamed)
def _renamed(fact: RoomRenamed) -> Iterable[Change]:
    """Its page is called after it: browsers name windows and tabs so."""
    return [Stream("catch-up", f"room-head-{fact.room_id}", views=ROOM)]


@redraws(RosterChanged)
def _roster_changed(fact: RosterChanged) -> Iterable[Change]:
    return [Redraw(roster, fact.room_id)]


@redraws(ContributionWritten)
def _written(fact: ContributionWritten) -> Iterable[Change]:
    return [
        Redraw(contribution, fact.contribution_id),
        Redraw(tile, fact.room_id),
        remote.changed("contribution", fact.contribution_id),
    ]


@redraws(ContributionTalked)
def _talked(fact: ContributionTalked) -> Iterable[Change]:
    return [Redraw(each, fact.contribution_id) for each in (contribution, result_talk)]


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
