"""Reads of what people wrote in rooms, while they talk and afterwards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select

from app.breakouts.models import Contribution, Report, Room, Round, RoundState
from app.breakouts.queries.attendance import attended
from app.breakouts.queries.rooms import room_cards
from app.breakouts.queries.talks import Talk, talks_of
from app.events.models import AgendaItem, Participant
from app.extensions import db


@dataclass(frozen=True)
class RoomResults:
    """What a room brought."""

    room: Room
    count: int  # people who were there; where that is not known, who had a place in it
    contributions: Sequence[Contribution]  # visible ones, oldest first
    report: Report | None  # None too if nothing is in it
    talks: Mapping[int, Talk] = field(default_factory=dict)  # by contribution

    def talk_of(self, contribution: Contribution) -> Talk:
        """What others said to one of its contributions."""
        return self.talks.get(contribution.id, Talk())

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
    found, talks = contributions(Contribution.id.in_(ids)), talks_of(ids)
    return {
        each.id: {"contribution": each, "room_id": each.room_id, "talk": talks[each.id]}
        for each in found
    }


def newest_contributions(event_id: int, most: int) -> Sequence[Contribution]:
    """The newest contributions of an event that are shown in their rooms."""
    return db.session.scalars(
        select(Contribution)
        .join(Room, Room.id == Contribution.room_id)
        .join(Round, Round.id == Room.round_id)
        .where(Round.event_id == event_id, Contribution.shown())
        .order_by(Contribution.id.desc())
        .limit(most)
    ).all()


def contributions_in(room: Room) -> Sequence[Contribution]:
    """What everybody in a room sees, newest first."""
    shown = contributions(Contribution.room_id == room.id, Contribution.hidden_at.is_(None))
    return shown[::-1]


def own_contributions(person: Participant) -> Sequence[Contribution]:
    """What this person has contributed in the event."""
    return contributions(Contribution.participant_id == person.id)


def report_of(room: Room) -> Report | None:
    """What the room hands in so far."""
    return db.session.scalar(select(Report).where(Report.room_id == room.id))


def reports_in(room_ids: Iterable[int]) -> dict[int, Report]:
    """What these rooms hand in, without those in which nothing is."""
    rows = db.session.scalars(select(Report).where(Report.room_id.in_(room_ids)))
    return {report.room_id: report for report in rows if not report.is_empty}


def reports_by_room(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What these rooms hand in, as contexts."""
    reports = reports_in(ids)
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
    """What a round brought: a few queries, however many rooms it has."""
    cards, there = room_cards(round_), attended(round_)
    counts = {c.room.id: there.get(c.room.id, 0) if there else c.count for c in cards}
    ids = [card.room.id for card in cards]
    written: dict[int, list[Contribution]] = defaultdict(list)
    for each in contributions(Contribution.room_id.in_(ids), Contribution.hidden_at.is_(None)):
        written[each.room_id].append(each)
    reports = reports_in(ids)
    talks = talks_of([each.id for texts in written.values() for each in texts])
    return RoundResults(
        round_,
        [
            RoomResults(c.room, counts[id], written[id], reports.get(id), talks)
            for id, c in zip(ids, cards, strict=True)
        ],
    )
