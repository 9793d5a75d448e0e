"""Pages of an event beside one's room: how long it still has, and the way back to it."""

from flask import render_template
from markupsafe import Markup

from app import outbox
from app.breakouts import queries
from app.breakouts.broadcasts import clock
from app.breakouts.broadcasts.leading import room_clock
from app.breakouts.models import Room, Round
from app.breakouts.permissions import PLACED
from app.events.frame import Place
from app.events.models import Event, Participant
from app.extensions import db
from app.realtime import View


def place_of(event: Event, person: Participant) -> Place | None:
    """The room that somebody is in, or their choice of one, while the rooms are open."""
    round_ = queries.open_round(event.id) if person.role in PLACED else None
    placement = queries.placement_of(round_.id, person.id) if round_ is not None else None
    if round_ is None or placement is None or not round_.is_home_to(placement):
        return None
    if placement.room_id is None:
        version = outbox.position(event.channel)
        head = clock.markup({"round": round_}, View.HALL, version)
        return Place("", version, head, _way(round_))
    version = outbox.position(f"room:{placement.room_id}")
    room = db.session.get_one(Room, placement.room_id)
    if room.is_over:
        return None
    head = room_clock.markup(queries.heads([room.id])[room.id], View.ROOM, version)
    return Place(room.channel, version, head, _way(round_, room))


def _way(round_: Round, room: Room | None = None) -> Markup:
    html = render_template("breakouts/_way_back.html", round=round_, room=room)
    return Markup(html)  # noqa: S704 - a template has escaped what people wrote
