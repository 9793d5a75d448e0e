"""Rooms: who is in them, who does what there, calls for help, and what is said to them."""

from collections.abc import Sequence
from typing import Any

from app.api.answers.events import moment, person_answer
from app.breakouts.models import Duty, HelpCall, Nomination, RoomMessage, Round
from app.breakouts.queries import (
    RoomCard,
    calls_from,
    duties_by_room,
    messages_in,
    nominations_in,
    room_counts,
)

Answer = dict[str, Any]


def room_answer(card: RoomCard) -> Answer:
    """A room, its time and how many are in it."""
    return {
        "id": card.room.id,
        "number": card.room.number,
        "title": card.room.name,
        "aspect": card.room.aspect_id,
        "capacity": card.room.capacity,
        "count": card.count,
        "deadline": moment(card.room.deadline),
        "is_over": card.room.is_over,
    }


def occupied_answer(room_id: int) -> Answer:
    """A room with the people in it."""
    return occupied_answers([room_counts([room_id])[room_id]["card"]])[0]


def occupied_answers(cards: Sequence[RoomCard]) -> list[Answer]:
    """Rooms with the people in them, who does what for them, and whether they ask for help."""
    ids = [card.room.id for card in cards]
    inside, calls = duties_by_room(ids), calls_from(ids)
    return [
        {
            "room": room_answer(card),
            "people": [person_answer(each) for each in inside[card.room.id]["people"]],
            "facilitator": _holder(inside[card.room.id]["duties"].get("facilitator")),
            "notes": _holder(inside[card.room.id]["duties"].get("notes")),
            "help": _call(calls.get(card.room.id)),
        }
        for card in cards
    ]


def _holder(duty: Duty | None) -> int | None:
    return duty.participant_id if duty is not None else None


def _call(call: HelpCall | None) -> Answer | None:
    if call is None:
        return None
    return {"asked_at": moment(call.asked_at), "answered_by": call.answered_by_id}


def messages_answer(round_: Round, room_id: int | None = None) -> Answer:
    """What was said to all rooms of a round and to one of them, or to each; the newest first."""
    return {"messages": [message_answer(each) for each in messages_in(round_, room_id)]}


def message_answer(message: RoomMessage) -> Answer:
    """What those who lead have said to one room, or to all."""
    return {
        "id": message.id,
        "round": message.round_id,
        "room": message.room_id,
        "text": message.text,
        "created_at": moment(message.created_at),
    }


def nominations_answer(round_: Round) -> Answer:
    """Who is named beforehand to lead through a round's talks, or to take notes."""
    return {"named": [nomination_answer(each, number) for each, number in nominations_in(round_)]}


def nomination_answer(nomination: Nomination, number: int | None) -> Answer:
    """What somebody is named for, and in which room of the plan if one is meant."""
    return {
        "person": person_answer(nomination.person),
        "part": nomination.part.value,
        "number": number,
        "declined": nomination.declined_at is not None,
    }
