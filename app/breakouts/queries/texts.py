"""Reads of what people wrote in rooms, while they talk and afterwards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.breakouts.models import Contribution, Kind, Placement, Report, Room, Round, RoundState
from app.breakouts.queries.rooms import room_cards
from app.events.models import AgendaItem, Participant
from app.extensions import db


@dataclass(frozen=True)
class RoomResults:
    """What a room brought."""

    room: Room
    count: int  # people who were in it
    contributions: Sequence[Contribution]  # visible ones, oldest first
    report: Report | None  # None too if nothing is in it

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in it."""
        return not self.contributions and self.report is None


@dataclass(frozen=True)
class RoundResults:
    """What a round brought, room by room."""

    round: Round
    rooms: Sequence[RoomResults]


def contributions(*conditions: ColumnElement[bool]) -> Sequence[Contribution]:
    """The contributions that meet the conditions and are not withdrawn, oldest first."""
    return db.session.scalars(
        select(Contribution)
        .where(Contribution.withdrawn_at.is_(None), *conditions)
        .order_by(Contribution.id)
    ).all()


def contributions_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These contributions as contexts of their cards, withdrawn ones left out."""
    found = contributions(Contribution.id.in_(ids))
    return {each.id: {"contribution": each, "room_id": each.room_id} for each in found}


def contributions_in(room: Room) -> Sequence[Contribution]:
    """What everybody in a room sees, newest first."""
    shown = contributions(Contribution.room_id == room.id, Contribution.hidden_at.is_(None))
    return shown[::-1]


def own_contributions(person: Participant) -> Sequence[Contribution]:
    """What this person has contributed in the event."""
    return contributions(Contribution.participant_id == person.id)


def lying_ready(room: Room) -> Sequence[Contribution]:
    """The impulses that the room's municipalities wrote in earlier rounds.

    Where people without a municipality are in the room, theirs lie ready too.
    """
    inside = select(Placement.participant_id).where(Placement.room_id == room.id)
    ours = or_(
        Participant.municipality_id.in_(room.municipality_ids),
        and_(Participant.municipality_id.is_(None), Participant.id.in_(inside)),
    )
    round_ = room.round
    return db.session.scalars(
        select(Contribution)
        .join(Participant, Participant.id == Contribution.participant_id)
        .join(Room, Room.id == Contribution.room_id)
        .join(Round, Round.id == Room.round_id)
        .where(
            Contribution.kind == Kind.IMPULSE,
            Contribution.withdrawn_at.is_(None),
            Contribution.hidden_at.is_(None),
            Round.event_id == round_.event_id,
            Round.id != round_.id,
            Round.opened_at < round_.opened_at,
            ours,
        )
        .order_by(Contribution.id)
    ).all()


def report_of(room: Room) -> Report | None:
    """What the room hands in so far."""
    return db.session.scalar(select(Report).where(Report.room_id == room.id))


def _reports(room_ids: Iterable[int]) -> dict[int, Report]:
    rows = db.session.scalars(select(Report).where(Report.room_id.in_(room_ids)))
    return {report.room_id: report for report in rows if not report.is_empty}


def reports_by_room(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What these rooms hand in, as contexts."""
    reports = _reports(ids)
    rooms = db.session.scalars(select(Room).where(Room.id.in_(ids)))
    return {room.id: {"room": room, "report": reports.get(room.id)} for room in rooms}


def rooms_with_results(event_id: int) -> list[RoundResults]:
    """What all rounds of an event brought that are over, in the order of the agenda.

    While rooms are open, what is said in them is theirs alone.
    """
    rounds = db.session.scalars(
        select(Round)
        .join(AgendaItem, AgendaItem.id == Round.item_id)
        .where(Round.event_id == event_id, Round.state == RoundState.OVER)
        .order_by(AgendaItem.position)
    )
    return [results_of(round_) for round_ in rounds]


def results_of(round_: Round) -> RoundResults:
    """What a round brought: three queries, however many rooms it has."""
    cards = room_cards(round_)
    ids = [card.room.id for card in cards]
    written: dict[int, list[Contribution]] = defaultdict(list)
    for each in contributions(Contribution.room_id.in_(ids), Contribution.hidden_at.is_(None)):
        written[each.room_id].append(each)
    reports = _reports(ids)
    return RoundResults(
        round_,
        [RoomResults(c.room, c.count, written[c.room.id], reports.get(c.room.id)) for c in cards],
    )
