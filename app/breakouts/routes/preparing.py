"""Who is to be where when a round begins, and who leads: room by room, or from a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions, queries
from app.breakouts.models import Round
from app.breakouts.planning.drafting import room_topics, rooms_to_name, rules_of
from app.breakouts.planning.lists import places_in
from app.breakouts.routes import bp
from app.breakouts.routes.finding import MOST_LISTED, matching
from app.breakouts.routes.leading import moderated
from app.breakouts.routes.planning import to_preview
from app.database import found, locked, transaction
from app.errors import Invalid
from app.events.models import Participant
from app.limits import KEEPING, limited
from app.spaces.tables import MOST_BYTES, Complaint, decoded

Answer = str | Response | tuple[str, int]

MOST_SHOWN = 100  # people on one page, each with all rooms to choose from


@bp.get("/rounds/<int:round_id>/places")
def places(round_id: int) -> str:
    """Who is named, and where rounds are prepared everybody, with the room that is theirs."""
    return places_page(moderated(found(Round, round_id)))


def places_page(round_: Round, complaints: Sequence[Complaint] = (), **more: Any) -> str:
    """All that is prepared of a round, perhaps with what was sent and could not be saved."""
    people = queries.participants_in(round_.event_id)
    named = queries.nominations_in(round_)
    return render_template(
        "breakouts/places.html",
        event=round_.event,
        round=round_,
        topics=rooms_to_name(round_),
        people=people,
        shown=_shown(people),
        to_name=matching(people, request.args.get("who", "")),
        most_listed=MOST_LISTED,
        prepared=queries.prepared_in(round_),
        seats=rules_of(round_).seats,
        named=named,
        parts={nomination.participant_id: nomination.part for nomination, _number in named},
        complaints=complaints,
        **more,
    )


@dataclass(frozen=True)
class Shown:
    """Those of many people who are on one page, and where to find the others."""

    query: str
    people: Sequence[Participant]
    start: int
    count: int  # of all who were found

    @property
    def before(self) -> int | None:
        """Where the page before this one starts."""
        return max(0, self.start - MOST_SHOWN) if self.start else None

    @property
    def after(self) -> int | None:
        """Where the next page starts."""
        end = self.start + MOST_SHOWN
        return end if end < self.count else None


def _shown(people: Sequence[Participant]) -> Shown:
    query, at = request.args.get("q", "").strip(), request.args.get("start", "")
    hits = matching(people, query)
    start = min(int(at), len(hits)) if is_number(at) else 0
    return Shown(query, hits[start : start + MOST_SHOWN], start, len(hits))


@bp.put("/rounds/<int:round_id>/places")
def prepare(round_id: int) -> Response:
    """Let people be in these rooms when the round begins; of many, those who were on the page."""
    with transaction():
        round_ = moderated(locked(Round, round_id))
        known = {person.id for person in queries.participants_in(round_.event_id)}
        rooms = len(room_topics(round_, 0))
        actions.prepare(round_, {id: _number(id, rooms) for id in known if _is_sent(id)})
    if len(known) <= MOST_SHOWN:
        return to_preview(round_)
    flash(_("Saved. Whoever was not on this page stays as they are."))
    return redirect(url_for(".places", round_id=round_id, **_place_on_the_list()), 303)


def _place_on_the_list() -> dict[str, Any]:
    return {name: request.args[name] for name in ("q", "start") if name in request.args}


def _is_sent(person_id: int) -> bool:
    return f"place-{person_id}" in request.form


def _number(person_id: int, rooms: int) -> int | None:
    value = request.form[f"place-{person_id}"]
    if value and not (is_number(value) and 1 <= int(value) <= rooms):
        raise Invalid
    return int(value) if value else None


@bp.post("/rounds/<int:round_id>/places/list")
@limited(KEEPING, "lists of places")
def prepare_from_list(round_id: int) -> Answer:
    """The same from a list: all of it, or what is wrong with it."""
    text = _uploaded()
    with transaction():
        round_ = moderated(actions.hold_plan(moderated(found(Round, round_id))))
        found_ = places_in(round_, text)
        if not found_.complaints:
            actions.prepare_from(round_, found_.places, found_.parts, found_.rooms)
    if found_.complaints:
        return places_page(moderated(found(Round, round_id)), found_.complaints), 422
    count = len(found_.places)
    flash(ngettext("%(num)d person has a place now.", "%(num)d people have a place now.", count))
    return to_preview(round_)


def _uploaded() -> str:
    file = request.files.get("list")
    return decoded(file.read(MOST_BYTES + 1)) if file is not None and file.filename else ""
