"""How a round is to form its rooms, as the agenda's form asks it; for moderators."""

from collections.abc import Sequence
from typing import Any

from app.api.answers.plans import settings_answer
from app.api.bodies import body, choice, flag, number, texts
from app.api.calls import call
from app.api.led import led
from app.breakouts import actions
from app.breakouts.models import Mode, Round
from app.breakouts.planning.settled import require_timely
from app.breakouts.rules import LARGEST, LONGEST_TOPIC, MOST_ROOMS, MOST_TOPICS
from app.database import found, transaction
from app.events import actions as event_actions
from app.limits import LEADING

URL = "/rounds/<int:round_id>/settings"
SETTINGS = body(
    choice("mode", [mode.value for mode in Mode], required=False),
    number("minutes", 1, LARGEST, 15),
    number("choosing_minutes", 1, LARGEST, 2),
    number("capacity", 0, LARGEST, 12),
    texts("topics", LONGEST_TOPIC, MOST_TOPICS, ["Transfer", "Material"]),
    number("rooms", 0, MOST_ROOMS, 6),
    flag("topics_again", False),
)
OF_ITS_OWN = "minutes"  # the agenda's, of every step


@call("GET", URL, {200: "RoundSettings"}, limit=LEADING)
def show_settings(round_id: int) -> Any:
    """How a round is to form its rooms, and what of it has had its time; for moderators."""
    return settings_answer(led(found(Round, round_id)))


@call("PUT", URL, {200: "RoundSettings"}, body=SETTINGS, limit=LEADING)
def change_settings(round_id: int, body: dict[str, Any]) -> Any:
    """Plan a round otherwise; what is left out stays so; for moderators.

    With 0 as “capacity” rooms have room for all, with 0 “rooms” there is one for each topic, and
    without “topics” the chosen aspects are talked about. Once the round has begun, the answer to
    what has had its time is 409, with the names of those “settings”, unless it stays as it is.
    """
    said = {name: value for name, value in body.items() if value is not None}
    with transaction():
        round_ = led(actions.hold_plan(led(found(Round, round_id))))
        item = round_.item
        minutes = said.pop(OF_ITS_OWN, None)
        settings = {**item.settings, **{name: _as_planned(said[name]) for name in said}}
        require_timely(round_, settings, minutes)
        event_actions.change_item(item, settings=settings, minutes=minutes or item.minutes)
    return settings_answer(round_)


def _as_planned(value: str | int | Sequence[str]) -> str:
    """As the agenda's form sends it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, int):
        return str(value) if value else ""
    return value if isinstance(value, str) else "\n".join(value)
