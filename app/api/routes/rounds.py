"""Breakout rounds: my room, and what a moderator does with all of them."""

from typing import Any

from app.api.answers.rounds import my_room_answer, rooms_answer, round_answer
from app.api.bodies import body, identifier, number, text
from app.api.calls import call
from app.api.led import led, led_room
from app.api.tokens import person_in
from app.breakouts import actions
from app.breakouts.models import Round
from app.breakouts.planning.foreseeing import foreseen
from app.breakouts.queries import room_in
from app.breakouts.rules import LARGEST, LONGEST_TOPIC
from app.database import found, locked, transaction
from app.events.models import Participant
from app.limits import LEADING
from app.permissions import require

ROOM = body(identifier("room", 3))
SETTINGS = body(
    text("title", LONGEST_TOPIC, "Saal", required=False),
    number("seats", 0, LARGEST, 40),
    text("was", 2000, "Gruppe 1", required=False),
    number("was_seats", 0, LARGEST, 0),
)


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
        actions.choose(round_, person, room_in(round_, body["room"]))
    return my_room_answer(round_, person)


@call("POST", "/rounds/<int:round_id>/opening", {200: "Round"}, limit=LEADING)
def open_rooms(round_id: int) -> Any:
    """Open the rooms, for the first time or again; for moderators, at the round's step."""
    led(found(Round, round_id))
    with foreseen(round_id), transaction():
        round_ = led(actions.hold(round_id))
        if round_.is_over:
            actions.reopen(round_)
        elif not round_.is_open:
            actions.open_round(round_)
    return round_answer(round_)


@call("DELETE", "/rounds/<int:round_id>/opening", {200: "Round"}, limit=LEADING)
def end(round_id: int) -> Any:
    """Send everybody back to the plenum; for moderators."""
    with transaction():
        round_ = led(locked(Round, round_id))
        actions.end_round(round_)
    return round_answer(round_)


@call("GET", "/rounds/<int:round_id>/rooms", {200: "Rooms"}, limit=LEADING)
def show_rooms(round_id: int) -> Any:
    """Who is in which room, and who is still choosing; for moderators."""
    return rooms_answer(led(found(Round, round_id)))


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
        round_ = led(locked(Round, round_id))
        room = room_in(round_, body["room"])
        actions.move(round_, found(Participant, participant_id), room)
    return {"participant": participant_id, "room": room.id}


@call("PUT", "/rooms/<int:room_id>/settings", {200: "Round"}, body=SETTINGS, limit=LEADING)
def change_room(room_id: int, body: dict[str, Any]) -> Any:
    """Call a running room otherwise, or give it other seats; for moderators.

    What is left out stays so. With 0 “seats” it takes as many as the round's rooms have in common.
    Where it “was” called something else by then, or had other seats, nothing is changed.
    """
    with transaction():
        room = led_room(room_id)
        now = actions.Said.of(room)
        seats, had = (
            now.seats if body[name] is None else body[name] or None
            for name in ("seats", "was_seats")
        )
        was = actions.Said(body["was"] or now.title, had)
        actions.change_room(room, actions.Said(body["title"] or now.title, seats), was)
    return round_answer(room.round)
