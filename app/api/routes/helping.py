"""Between the rooms of a round and those who lead: calls for help, and messages."""

from typing import Any

from app.api.answers.rooms import message_answer, messages_answer, occupied_answer
from app.api.bodies import body, identifier, text
from app.api.calls import call
from app.api.led import led, led_room
from app.api.submissions import key_field
from app.api.tokens import person_in
from app.breakouts import actions
from app.breakouts.models import LONGEST_MESSAGE, Room, Round
from app.breakouts.queries import room_in
from app.database import found, locked, transaction
from app.limits import ASKING_FOR_HELP, LEADING, WRITING
from app.permissions import require

MESSAGE = body(
    text("text", LONGEST_MESSAGE, "Bitte kommen Sie langsam zum Schluss."),
    identifier("room", 3, required=False),
    key_field(),
)


@call("GET", "/rooms/<int:room_id>", {200: "Occupied"})
def show_room(room_id: int) -> Any:
    """A room with its people, who does what, and its call for help; for them, and who leads."""
    room = found(Room, room_id)
    require(person_in(room.round.event), "breakouts.enter", room)
    return occupied_answer(room.id)


@call("POST", "/rooms/<int:room_id>/help", {200: "Occupied"}, limit=ASKING_FOR_HELP)
def ask_for_help(room_id: int) -> Any:
    """Ask those who lead to come into one's room; asking twice asks once."""
    with transaction():
        room = _speaking_for(room_id)
        actions.ask_for_help(room)
    return occupied_answer(room.id)


def _speaking_for(room_id: int) -> Room:
    """The room, its round held, if the bearer may ask for help there."""
    room = actions.hold_room(room_id)
    require(person_in(room.round.event), "breakouts.ask_for_help", room)
    return room


@call("DELETE", "/rooms/<int:room_id>/help", {200: "Occupied"}, limit=ASKING_FOR_HELP)
def end_help(room_id: int) -> Any:
    """Say that help is no longer needed; the room may, and those who lead."""
    with transaction():
        room = _speaking_for(room_id)
        actions.end_help(room)
    return occupied_answer(room.id)


@call("POST", "/rooms/<int:room_id>/help/answer", {200: "Occupied"}, limit=LEADING)
def answer_help(room_id: int) -> Any:
    """Tell a room that asks for help that one is coming; for moderators."""
    with transaction():
        room = led_room(room_id)
        actions.answer_help(room, person_in(room.round.event))
    return occupied_answer(room.id)


@call("GET", "/rounds/<int:round_id>/messages", {200: "RoomMessages"}, limit=LEADING)
def list_messages(round_id: int) -> Any:
    """What was said to the rooms of a round, the newest first; for moderators."""
    return messages_answer(led(found(Round, round_id)))


@call("GET", "/rooms/<int:room_id>/messages", {200: "RoomMessages"})
def list_messages_to(room_id: int) -> Any:
    """What was said to a room or to all, the newest first; for those in it, and who leads."""
    room = found(Room, room_id)
    require(person_in(room.round.event), "breakouts.enter", room)
    return messages_answer(room.round, room.id)


@call(
    "POST",
    "/rounds/<int:round_id>/messages",
    {201: "RoomMessage", 200: "RoomMessage"},
    body=MESSAGE,
    limit=WRITING,
)
def send_message(round_id: int, body: dict[str, Any]) -> Any:
    """Say something to one room, or to all if none is named; for moderators."""
    with transaction():
        round_ = led(locked(Round, round_id))
        person = person_in(round_.event)
        room = None if body["room"] is None else room_in(round_, body["room"])
        message, is_new = actions.send_message(round_, room, person, body["text"], body["key"])
    return message_answer(message), 201 if is_new else 200
