"""What of a round's settings has had its time, so that who changes them knows what comes of it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.breakouts.models import BY_CHOICE, Mode, Round
from app.breakouts.rules import Rules, number
from app.errors import Conflict

AS_IT_BEGINS = {
    "mode": _l("Who goes into which room"),
    "choosing_minutes": _l("Minutes for choosing, before the talk begins"),
    "capacity": _l("Most people in a room"),
    "topics": _l("Topics of this round"),
    "rooms": _l("Number of rooms"),
}
MINUTES = _l("Minutes")


def settled_in(round_: Round | None) -> frozenset[str]:
    """The settings that are read as a round begins, once it has; seats may follow a choice."""
    if round_ is None or round_.opened_at is None:
        return frozenset()
    may_have_more_seats = round_.is_open and round_.mode in BY_CHOICE
    return frozenset(AS_IT_BEGINS) - ({"capacity"} if may_have_more_seats else set())


def require_timely(
    round_: Round | None, said: Mapping[str, Any], minutes: int | None = None
) -> None:
    """Raise where what has had its time is to be another than it is, and say which that is."""
    if round_ is None or round_.opened_at is None:
        return
    was, wanted = _meant(round_, round_.item.settings), _meant(round_, said)
    settled = [name for name in AS_IT_BEGINS if name in settled_in(round_)]
    names = [name for name in settled if was[name] != wanted[name]]
    labels = [AS_IT_BEGINS[name] for name in names]
    if minutes not in (None, round_.item.minutes):
        names, labels = ["minutes", *names], [MINUTES, *labels]
    if names:
        late = ", ".join(map(str, labels))
        message = _("This round has begun. This cannot be changed any more: %(names)s.", names=late)
        raise Conflict(message, settings=names)


def _meant(round_: Round, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is said, however it is written; what is left empty is as it would be without."""
    mode, rules = said.get("mode"), Rules.of(said)
    return {
        "mode": mode if mode in set(Mode) else Mode.AUTOMATIC,
        "choosing_minutes": number(said.get("choosing_minutes")) or round_.choosing_seconds // 60,
        "capacity": number(said.get("capacity")),
        "topics": rules.topics,
        "rooms": rules.rooms,
    }
