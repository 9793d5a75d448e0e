"""Before a breakout round begins: wishes, seats, and for moderators what it would be."""

from typing import Any

from app.api.answers.plans import preview_answer, seats_answer
from app.api.answers.rounds import my_room_answer
from app.api.bodies import body, identifiers, number, objects
from app.api.calls import call
from app.api.led import led
from app.api.tokens import person_in
from app.breakouts import actions
from app.breakouts.models import Room, Round
from app.breakouts.planning import previews
from app.breakouts.planning.drafting import own_seats
from app.breakouts.rules import LARGEST, MOST_ROOMS
from app.database import found, locked, transaction
from app.errors import NotFound
from app.limits import LEADING, LOOKING_UP
from app.permissions import require

ROOM = body(
    number("number", 1, MOST_ROOMS, 1, required=True),
    number("seats", 1, LARGEST, 40),
    number("was", 0, LARGEST, 0),
)
SEATS = "/rounds/<int:round_id>/seats"


@call(
    "PUT",
    "/rounds/<int:round_id>/wishes",
    {200: "MyRoom"},
    body=body(identifiers("rooms", [3, 5, 4])),
)
def name_wishes(round_id: int, body: dict[str, Any]) -> Any:
    """Name up to three rooms that I wish for, the first one most; none takes my wishes back."""
    with transaction():
        round_ = locked(Round, round_id)
        person = person_in(round_.event)
        require(person, "breakouts.choose", round_)
        actions.name_wishes(round_, person, [found(Room, id) for id in body["rooms"]])
    return my_room_answer(round_, person)


@call("GET", "/rounds/<int:round_id>/preview", {200: "Preview"}, limit=LOOKING_UP)
def preview(round_id: int) -> Any:
    """What would happen if the round began now, or its wishes came true; for moderators."""
    round_ = led(found(Round, round_id))
    return preview_answer(round_, _shown(round_))


def _shown(round_: Round) -> previews.Preview:
    shown = previews.shown(round_)
    if shown is None:
        raise NotFound
    return shown


@call("POST", "/rounds/<int:round_id>/deals", {200: "Preview"}, limit=LOOKING_UP)
def deal_anew(round_id: int) -> Any:
    """Deal with another seed, before the round begins; for moderators."""
    with transaction():
        round_ = led(locked(Round, round_id))
        actions.deal_anew(round_)
    return preview_answer(round_, _shown(round_))


@call("GET", SEATS, {200: "Seats"}, limit=LEADING)
def list_seats(round_id: int) -> Any:
    """How many seats the rooms of a plan have, of their own or in common; for moderators."""
    return seats_answer(led(found(Round, round_id)))


@call("PUT", SEATS, {200: "Seats"}, body=body(objects("rooms", ROOM)), limit=LEADING)
def plan_seats(round_id: int, body: dict[str, Any]) -> Any:
    """Give rooms of a plan seats of their own, before the round begins; for moderators.

    Rooms that are left out stay as they are; one without “seats” goes by the common number. Where a
    room does not have the seats any more that it “was” given, 0 if none, nothing is changed.
    """
    rooms = body["rooms"]
    believed = {room["number"]: room["was"] or None for room in rooms if room["was"] is not None}
    with transaction():
        round_ = led(actions.hold_plan(led(found(Round, round_id))))
        was = {**own_seats(round_), **believed}
        actions.plan_seats(round_, {room["number"]: room["seats"] for room in rooms}, was)
    return seats_answer(round_)
