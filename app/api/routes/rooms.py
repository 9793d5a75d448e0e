"""What people write in breakout rooms."""

from typing import Any

from app.api.answers.contributions import carried_answer, contribution_answer, contribution_answers
from app.api.bodies import body, choice, text
from app.api.calls import call
from app.api.submissions import key_field, require_same_place
from app.api.tokens import person_in
from app.breakouts import actions
from app.breakouts.models import LONGEST_CONTRIBUTION, Kind, Room
from app.breakouts.queries import carried_into, contributions_in
from app.database import found, transaction
from app.limits import LOOKING_UP, WRITING
from app.permissions import require
from app.video.servers import way_in

CONTRIBUTION = body(
    choice("kind", [kind.value for kind in Kind]),
    text("text", LONGEST_CONTRIBUTION, "Bei uns lädt die Hebamme zum ersten Treffen ein."),
    key_field(),
)


@call("GET", "/rooms/<int:room_id>/contributions", {200: "Contributions"})
def list_contributions(room_id: int) -> Any:
    """What has been written in a room, newest first; for those in it, and those who lead."""
    room = found(Room, room_id)
    person = person_in(room.round.event)
    require(person, "breakouts.enter", room)
    return {"contributions": contribution_answers(contributions_in(room), person)}


@call(
    "POST",
    "/rooms/<int:room_id>/contributions",
    {201: "Contribution", 200: "Contribution"},
    body=CONTRIBUTION,
    limit=WRITING,
)
def contribute(room_id: int, body: dict[str, Any]) -> Any:
    """Contribute an experience, a concern or an impulse in one's room."""
    with transaction():
        room = actions.hold_room(room_id, shared=True)
        person = person_in(room.round.event)
        require(person, "breakouts.write", room)
        contribution, is_new = actions.write_contribution(
            room, person, body["kind"], body["text"], body["key"]
        )
        require_same_place(contribution.room_id, room_id)
    return contribution_answer(contribution, person), 201 if is_new else 200


@call("GET", "/rooms/<int:room_id>/carried", {200: "CarriedIn"})
def list_carried(room_id: int) -> Any:
    """What lies ready in a room from earlier rounds, by the rooms where it comes from."""
    room = found(Room, room_id)
    person = person_in(room.round.event)
    require(person, "breakouts.enter", room)
    return carried_answer(carried_into(room), person)


@call("POST", "/rooms/<int:room_id>/call", {200: "VideoCall"}, limit=LOOKING_UP)
def join_call(room_id: int) -> Any:
    """Where one joins the video call of a room, if the operator has set a server for calls."""
    room = found(Room, room_id)
    person = person_in(room.round.event)
    require(person, "video.join", room)
    return {"url": way_in(room, person)}
