"""Reads of who was in which room, and of who has not come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from app.breakouts.engine.balancing import is_uneven
from app.breakouts.engine.seats import seats_beside
from app.breakouts.models import Mode, Placement, Room, Round, RoundState, Stay
from app.breakouts.models.times import local
from app.breakouts.queries.crowding import crowding
from app.database import now
from app.events.models import AgendaItem, Event, Participant
from app.extensions import db


@dataclass(frozen=True)
class Visit:
    """All the stays of one person in one room."""

    room: Room
    person: Participant
    stays: Sequence[Stay]

    @property
    def since(self) -> datetime:
        """When they came first."""
        return self.stays[0].since

    @property
    def until(self) -> datetime | None:
        """When they went at last; none if they are there."""
        return self.stays[-1].until

    @property
    def local_since(self) -> datetime | None:
        """When they came first, by the clocks in the hall."""
        return local(self.since, self.room.round.event)

    @property
    def local_until(self) -> datetime | None:
        """When they went at last, by the clocks in the hall."""
        return local(self.until, self.room.round.event)

    @property
    def minutes(self) -> int:
        """How long they were there, without the times in between."""
        lasted = (((stay.until or now()) - stay.since) for stay in self.stays)
        return round(sum(lasted, timedelta()).total_seconds() / 60)


def visits_of(event: Event) -> list[Visit]:
    """Who was in which room of which round, in the order of the agenda."""
    stays = db.session.scalars(
        select(Stay)
        .join(Room, Room.id == Stay.room_id)
        .join(Round, Round.id == Stay.round_id)
        .join(AgendaItem, AgendaItem.id == Round.item_id)
        .join(Participant, Participant.id == Stay.participant_id)
        .where(Round.event_id == event.id)
        .options(
            contains_eager(Stay.room).contains_eager(Room.round).contains_eager(Round.item),
            contains_eager(Stay.person),
        )
        .order_by(
            AgendaItem.position, Room.number, Participant.name, Participant.id, Stay.since, Stay.id
        )
    )
    together = groupby(stays, key=lambda stay: (stay.room_id, stay.participant_id))
    visits = (list(group) for _key, group in together)
    return [Visit(group[0].room, group[0].person, group) for group in visits]


def attended(round_: Round) -> dict[int, int]:
    """How many have been in each room of a round; nothing where nobody has noted it."""
    rows = db.session.execute(
        select(Stay.room_id, func.count(Stay.participant_id.distinct()))
        .join(Participant, Participant.id == Stay.participant_id)
        .where(Stay.round_id == round_.id, Participant.removed_at.is_(None))
        .group_by(Stay.room_id)
    )
    return dict(rows.all())


def stays_of(person: Participant) -> Sequence[Stay]:
    """Where somebody was, and when."""
    return db.session.scalars(
        select(Stay).where(Stay.participant_id == person.id).order_by(Stay.id)
    ).all()


def balances(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rounds as contexts of how even their rooms are, counting only who is there."""
    rounds = db.session.scalars(select(Round).where(Round.id.in_(ids)))
    return {
        round_.id: {"round": round_, **_balance(round_), **crowding(round_)} for round_ in rounds
    }


def _balance(round_: Round) -> dict[str, Any]:
    if round_.state != RoundState.OPEN:
        return {"away": 0, "is_uneven": False, "sizes": []}
    counts = _counts(round_)
    rooms = [(room, *counts.get(room.id, (0, 0))) for room in round_.rooms if not room.is_over]
    uneven = is_uneven([(here, seats_beside(room.firm_seats, away)) for room, here, away in rooms])
    return {
        "away": sum(away for _here, away in counts.values()),
        "is_uneven": round_.mode == Mode.AUTOMATIC and uneven,
        "sizes": sorted(here for _room, here, _away in rooms),
    }


def _counts(round_: Round) -> dict[int | None, tuple[int, int]]:
    """How many of each room are here, and how many are away."""
    here = func.count().filter(Participant.present_until > now())
    rows = db.session.execute(
        select(Placement.room_id, here, func.count())
        .join(Participant, Participant.id == Placement.participant_id)
        .where(
            Placement.round_id == round_.id,
            Placement.room_id.is_not(None),
            Participant.removed_at.is_(None),
        )
        .group_by(Placement.room_id)
    )
    return {room_id: (present, everybody - present) for room_id, present, everybody in rows}
