"""Who leads through the talk of a room, and who takes its notes: beforehand, and in the room."""

from collections.abc import Callable
from typing import Any

from app.api.answers.rooms import nomination_answer, nominations_answer, occupied_answer
from app.api.bodies import body, choice, identifier, number
from app.api.calls import call
from app.api.led import led
from app.api.tokens import person_in
from app.breakouts import actions, queries
from app.breakouts.models import Part, Room, Round
from app.breakouts.rules import MOST_ROOMS
from app.database import found, locked, transaction
from app.errors import NotFound
from app.events.models import Participant
from app.limits import LEADING, WRITING
from app.permissions import require

HOLDER = body(identifier("participant", 7, required=False))
NAMED = body(
    choice("part", [part.value for part in Part]),
    number("number", 1, MOST_ROOMS, 2),
)
DUTY = "/rooms/<int:room_id>/duties/<part>"
NOMINATION = "/rounds/<int:round_id>/nominations/<int:participant_id>"
MY_NOMINATION = "/rounds/<int:round_id>/me/nomination"


@call("PUT", DUTY, {200: "Occupied"}, body=HOLDER, limit=WRITING)
def appoint(room_id: int, part: str, body: dict[str, Any]) -> Any:
    """Take a part in one's room, or hand it over to somebody there; moderators in any room."""
    with transaction():
        room, person = _shared(room_id, part)
        other = person if body["participant"] is None else found(Participant, body["participant"])
        actions.appoint(room, Part(part), other, by=person)
    return occupied_answer(room.id)


def _shared(room_id: int, part: str) -> tuple[Room, Participant]:
    """The room, its round held, and the bearer, who may share what is done there."""
    if part not in set(Part):
        raise NotFound
    room = actions.hold_room(room_id)
    person = person_in(room.round.event)
    require(person, "breakouts.share_duties", room)
    return room, person


@call("DELETE", DUTY, {200: "Occupied"}, limit=WRITING)
def give_back(room_id: int, part: str) -> Any:
    """Let nobody have a part, until somebody takes it; for its holder, and for moderators."""
    with transaction():
        room, person = _shared(room_id, part)
        actions.give_back(room, Part(part), person)
    return occupied_answer(room.id)


@call("GET", "/rounds/<int:round_id>/nominations", {200: "Nominations"}, limit=LEADING)
def list_nominations(round_id: int) -> Any:
    """Who is named beforehand for which part, and for which room of the plan; for moderators."""
    return nominations_answer(led(found(Round, round_id)))


@call("PUT", NOMINATION, {200: "Nominations"}, body=NAMED, limit=LEADING)
def name_for(round_id: int, participant_id: int, body: dict[str, Any]) -> Any:
    """Name somebody for a part before a round begins; for moderators.

    Without a “number” of a room they go where their part is needed.
    """
    with transaction():
        round_ = led(locked(Round, round_id))
        person = found(Participant, participant_id)
        actions.name_for(round_, [person], Part(body["part"]), body["number"])
    return nominations_answer(round_)


@call("DELETE", NOMINATION, {200: "Nominations"}, limit=LEADING)
def name_no_more(round_id: int, participant_id: int) -> Any:
    """Let somebody be in a round as everybody else; for moderators."""
    with transaction():
        round_ = led(locked(Round, round_id))
        actions.name_no_more(round_, found(Participant, participant_id))
    return nominations_answer(round_)


@call("GET", MY_NOMINATION, {200: "Nomination"})
def show_my_nomination(round_id: int) -> Any:
    """What I am named for in a round, and in which room of the plan if one is meant."""
    round_ = found(Round, round_id)
    return _mine(round_, _asked(round_))


@call("DELETE", MY_NOMINATION, {200: "Nomination"}, limit=WRITING)
def decline(round_id: int) -> Any:
    """Say that I would rather not have the part that I am named for, until the talk begins."""
    return _answered(round_id, actions.decline)


@call("PUT", MY_NOMINATION, {200: "Nomination"}, limit=WRITING)
def agree(round_id: int) -> Any:
    """Have it all the same."""
    return _answered(round_id, actions.agree)


def _answered(round_id: int, answer: Callable[[Round, Participant], None]) -> Any:
    with transaction():
        round_ = locked(Round, round_id)
        person = _asked(round_)
        answer(round_, person)
    return _mine(round_, person)


def _asked(round_: Round) -> Participant:
    person = person_in(round_.event)
    require(person, "breakouts.decline", round_)
    return person


def _mine(round_: Round, person: Participant) -> Any:
    nomination = queries.declinable(round_, person)
    if nomination is None:
        raise NotFound
    return nomination_answer(nomination, queries.prepared_in(round_).get(person.id))
