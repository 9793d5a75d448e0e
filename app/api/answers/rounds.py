"""Breakout rounds and rooms."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.api.answers.events import moment, person_answer
from app.api.answers.rooms import occupied_answers, room_answer
from app.breakouts.models import Mode, Placement, Round
from app.breakouts.queries import (
    RoomCard,
    excluded_rooms,
    placement_of,
    room_cards,
    wishes_of,
)
from app.events.models import Participant
from app.extensions import db

Answer = dict[str, Any]


def round_answer(round_: Round) -> Answer:
    """A round with its rooms."""
    return {
        "id": round_.id,
        "event": round_.event.code,
        "step": round_.item_id,
        "mode": round_.mode.value,
        "state": round_.state.value,
        "deadline": moment(round_.deadline),
        "rooms": [room_answer(card) for card in room_cards(round_)],
    }


def my_room_answer(round_: Round, person: Participant) -> Answer:
    """Where somebody is in a round, and which rooms they may still choose."""
    cards = room_cards(round_)
    placement = placement_of(round_.id, person.id)
    room_id = placement.room_id if placement else None
    mine = next((card.room for card in cards if card.room.id == room_id), None)
    return {
        "state": round_.state.value,
        "deadline": moment(mine.deadline if mine else round_.deadline),
        "is_choosing": round_.is_choosing and placement is not None and room_id is None,
        "room": next((room_answer(card) for card in cards if card.room.id == room_id), None),
        "choices": [room_answer(card) for card in _choices(round_, person, cards)],
        "is_wishing": round_.is_choosing and round_.mode == Mode.WISHES,
        "wishes": wishes_of(round_.id, person.id),
    }


def _choices(round_: Round, person: Participant, cards: list[RoomCard]) -> list[RoomCard]:
    if not round_.is_choosing or placement_of(round_.id, person.id) is None:
        return []
    excluded = excluded_rooms(round_, {person.id}).get(person.id, set())
    return [card for card in cards if card.room.id not in excluded and not card.is_full]


def rooms_answer(round_: Round) -> Answer:
    """All rooms of a round with the people in them; for moderators."""
    return {
        "round": round_answer(round_),
        "rooms": occupied_answers(room_cards(round_)),
        "choosing": [person_answer(person) for person in _undecided(round_)],
    }


def _undecided(round_: Round) -> Sequence[Participant]:
    """Those who are still choosing."""
    return db.session.scalars(
        select(Participant)
        .join(Placement, Placement.participant_id == Participant.id)
        .where(
            Placement.round_id == round_.id,
            Placement.room_id.is_(None),
            Participant.removed_at.is_(None),
        )
        .order_by(Participant.name, Participant.id)
    ).all()
