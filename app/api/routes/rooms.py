"""What people write in breakout rooms."""

from typing import Any

from app.api.answers.rounds import contribution_answer
from app.api.bodies import body, choice, text
from app.api.calls import WRITING, call
from app.api.submissions import key_field, require_same_place
from app.api.tokens import person_in
from app.breakouts import actions
from app.breakouts.models import LONGEST_CONTRIBUTION, Kind, Room, Round
from app.breakouts.queries import contributions_in
from app.database import found, locked, transaction
from app.permissions import require

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
    return {"contributions": [contribution_answer(c, person) for c in contributions_in(room)]}


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
        room = found(Room, room_id)
        locked(Round, room.round_id, shared=True)
        person = person_in(room.round.event)
        require(person, "breakouts.write", room)
        contribution, is_new = actions.write_contribution(
            room, person, body["kind"], body["text"], body["key"]
        )
        require_same_place(contribution.room_id, room_id)
    return contribution_answer(contribution, person), 201 if is_new else 200
