"""The hall's page as everybody sees it who takes part: kept for all who come in at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template
from markupsafe import Markup
from sqlalchemy import bindparam, func, select

from app import kept
from app.events import steps
from app.events.broadcasts import event_context
from app.events.facts import ParticipantArrived, ParticipantJoined, ParticipantLeft
from app.events.frame import personal_parts
from app.events.models import Event, Participant
from app.extensions import db
from app.outbox import Channel, OutboxEntry
from app.permissions import Role
from app.realtime import View

PASSING = [kind.__name__ for kind in (ParticipantJoined, ParticipantArrived, ParticipantLeft)]
MOST = 1000  # events whose facts are remembered

# How far each channel has come, and the last fact that more follows from than who is there.
_last_change = (
    select(func.max(OutboxEntry.position))
    .where(
        OutboxEntry.channel == Channel.name,
        OutboxEntry.position > bindparam("seen"),
        OutboxEntry.kind.not_in(PASSING),
    )
    .correlate(Channel)
    .scalar_subquery()
)
_positions = select(Channel.name, Channel.position, _last_change).where(
    Channel.name.in_(bindparam("channels", expanding=True))
)


@dataclass(frozen=True)
class Positions:
    """Where the channels of a page are in this moment."""

    event: int
    changed: int  # the event's position at which the hall has last looked otherwise
    person: int


@dataclass(frozen=True)
class Anybody:
    """Who a page is rendered for that many get: there is nothing more to know of them."""

    role: Role
    is_moderator: bool = False


def is_for_all(event: Event, person: Participant) -> bool:
    """Whether the page is the same for all others, as it is not for those who lead."""
    item = event.current_item
    is_alike = item is None or steps.kind_of(item).is_alike
    return is_alike and not person.is_moderator and kept.is_for_anybody()


def page(event: Event, person: Participant) -> str:
    """The page with the current step."""
    at = positions(event, person)
    own = {"version": at.event, **_personal(person, at.person)}

    def context(marks: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **event_context(event, View.HALL),
            "me": Anybody(person.role),
            "view": View.HALL,
            **marks,
        }

    if at.event < at.changed:  # others have seen a later moment than this page is of
        return render_template("events/live.html", **context(own))
    looks = (at.changed, person.role, event.current_item_id, event.title)
    return kept.page("events/live.html", looks, context, **own)


def positions(event: Event, person: Participant) -> Positions:
    """One statement, to be asked before what the page shows; it reads each fact once."""
    all_seen = _seen()
    seen, changed = all_seen.get(event.channel, (0, 0))
    channels = [event.channel, person.channel]
    rows = db.session.execute(_positions, {"channels": channels, "seen": seen})
    found = {name: (position, last) for name, position, last in rows}
    at, last = found.get(event.channel, (0, None))
    changed = last or changed
    if at > seen:
        if len(all_seen) >= MOST:
            all_seen.clear()
        all_seen[event.channel] = at, changed
    return Positions(at, changed, found.get(person.channel, (0, None))[0])


def _seen() -> dict[str, tuple[int, int]]:
    """By channel: up to where its facts were read, and the last change among them."""
    seen: dict[str, tuple[int, int]] = current_app.extensions.setdefault("changes seen", {})
    return seen


def _personal(person: Participant, position: int) -> dict[str, Markup]:
    """What is their own, above and below what is everybody's."""
    context = {"me": person, "told": personal_parts(person, position)}
    return {
        place: Markup(render_template(f"events/_{place}.html", **context))  # noqa: S704 - escaped
        for place in ("first", "personal")
    }
