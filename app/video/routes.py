"""The way into a room's video call."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from app.breakouts.models import Room
from app.database import found
from app.events.identity import somebody_in
from app.limits import LOOKING_UP, limited
from app.permissions import require
from app.video.servers import video_host, way_in

bp = Blueprint("video", __name__)


@bp.post("/rooms/<int:room_id>/call")
@limited(LOOKING_UP, "video calls")
def join(room_id: int) -> str | Response:
    """Lead into the call, which is a page of another server.

    Not by a redirect: our policy forbids forms to lead away from us, and a server of many sends
    people on to addresses that nobody could list in it.
    """
    room = found(Room, room_id)
    person = somebody_in(room.round.event)
    require(person, "video.join", room)
    return render_template("video/join.html", address=way_in(room, person), host=video_host())
