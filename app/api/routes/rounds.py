"""Breakout rounds: my room, and what a moderator does with all of them."""

from typing import Any

from app.api.answers.rounds import my_room_answer, rooms_answer, round_answer
from app.api.bodies import body, identifier
from app.api.calls import LEADING, call
from app.api.tokens import person_in
from app.breakouts import actions
from app.breakouts.models import Room, Round
from app.database import found, locked, transaction
from app.errors import NotFound
from app.events.models import Participant
from app.permissions import require

ROOM = body(identifier("room", 3))


@call("GET", "/rounds/<int:round_id>", {200: "Round"})
def show(round_id: int) -> Any:
    """A round and its rooms."""
    round_ = found(Round, round_id)
    require(person_in(round_.event), "breakouts.see", round_)
    return round_answer(round_)


@call("GET", "/rounds/<int:round_id>/me", {200: "MyRoom"})
def show_my_room(round_id: int) -> Any:
    """The room that I am in; or those that I may choose, as long as I have not."""
    round_ = found(Round, round_id)
    person = person_in(round_.event)
    require(person, "breakouts.see", round_)
    return my_room_answer(round_, person)


@call("PUT", "/rounds/<int:round_id>/me", {200: "MyRoom"}, body=ROOM)
def choose(round_id: int, body: dict[str, Any]) -> Any:
    """Choose a room, or another one, until the time for choosing is over."""
    with transaction():
        round_ = locked(Round, round_id)
        person = person_in(round_.event)
        require(person, "breakouts.choose", round_)
        actions.choose(round_, person, _room(round_, body["room"]))
    return my_room_answer(round_, person)


def _room(round_: Round, room_id: int) -> Room:
    room = found(Room, room_id)
    if room.round_id != round_.id:
        raise NotFound
    return room


def _led(round_: Round) -> Round:
    """The round, if the bearer leads its event."""
    require(person_in(round_.event), "breakouts.moderate", round_)
    return round_


@call("POST", "/rounds/<int:round_id>/opening", {200: "Round"}, limit=LEADING)
def open_rooms(round_id: int) -> Any:
    """Open the rooms, for the first time or again; for moderators, at the round's step."""
    with transaction():
        round_ = _led(actions.hold(round_id))
        if round_.is_over:
            actions.reopen(round_)
        elif not round_.is_open:
            actions.open_round(round_)
    return round_answer(round_)


@call("DELETE", "/rounds/<int:round_id>/opening", {200: "Round"}, limit=LEADING)
def end(round_id: int) -> Any:
    """Send everybody back to the plenum; for moderators."""
    with transaction():
        round_ = _led(locked(Round, round_id))
        actions.end_round(round_)
    return round_answer(round_)


@call("GET", "/rounds/<int:round_id>/rooms", {200: "Rooms"}, limit=LEADING)
def show_rooms(round_id: int) -> Any:
    """Who is in which room, and who is still choosing; for moderators."""
    return rooms_answer(_led(found(Round, round_id)))


@call(
    "PUT",
    "/rounds/<int:round_id>/people/<int:participant_id>",
    {200: "Placed"},
    body=ROOM,
    limit=LEADING,
)
def move(round_id: int, participant_id: int, body: dict[str, Any]) -> Any:
    """Put somebody into another room, full or not; for moderators."""
    with transaction():
        round_ = _led(locked(Round, round_id))
        room = _room(round_, body["room"])
        actions.move(round_, found(Participant, participant_id), room)
    return {"participant": participant_id, "room": room.id}
