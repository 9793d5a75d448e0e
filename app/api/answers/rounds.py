"""Breakout rounds, rooms and contributions."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.api.answers.events import moment, person_answer
from app.breakouts.models import Contribution, Placement, Round
from app.breakouts.queries import RoomCard, excluded_rooms, placement_of, room_cards, rosters
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
        "rooms": [_room(card) for card in room_cards(round_)],
    }


def my_room_answer(round_: Round, person: Participant) -> Answer:
    """Where somebody is in a round, and which rooms they may still choose."""
    cards = room_cards(round_)
    placement = placement_of(round_.id, person.id)
    room_id = placement.room_id if placement else None
    return {
        "state": round_.state.value,
        "deadline": moment(round_.deadline),
        "is_choosing": round_.is_choosing and placement is not None and room_id is None,
        "room": next((_room(card) for card in cards if card.room.id == room_id), None),
        "choices": [_room(card) for card in _choices(round_, person, cards)],
    }


def _choices(round_: Round, person: Participant, cards: list[RoomCard]) -> list[RoomCard]:
    if not round_.is_choosing or placement_of(round_.id, person.id) is None:
        return []
    excluded = excluded_rooms(round_, {person.id}).get(person.id, set())
    return [card for card in cards if card.room.id not in excluded and not card.is_full]


def rooms_answer(round_: Round) -> Answer:
    """All rooms of a round with the people in them; for moderators."""
    cards = room_cards(round_)
    inside = rosters([card.room.id for card in cards])
    return {
        "round": round_answer(round_),
        "rooms": [
            {
                "room": _room(card),
                "people": [person_answer(p) for p in inside[card.room.id]["people"]],
            }
            for card in cards
        ],
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


def _room(card: RoomCard) -> Answer:
    return {
        "id": card.room.id,
        "number": card.room.number,
        "title": card.room.name,
        "aspect": card.room.aspect_id,
        "capacity": card.room.capacity,
        "count": card.count,
    }


def contribution_answer(contribution: Contribution, person: Participant) -> Answer:
    """An experience, a concern or an impulse."""
    author = contribution.author
    return {
        "id": contribution.id,
        "room": contribution.room_id,
        "kind": contribution.kind.value,
        "text": contribution.text,
        "author": author.name or None if author else None,
        "is_mine": contribution.participant_id == person.id,
        "created_at": moment(contribution.created_at),
    }
