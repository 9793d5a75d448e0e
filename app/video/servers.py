"""The server that the operator has set, and the way into a room's call there."""

import logging
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from flask import current_app

from app.addresses import external_url
from app.breakouts.models import Room
from app.database import now
from app.events.models import Participant
from app.extensions import db
from app.permissions import Role
from app.video.bigbluebutton import BigBlueButton
from app.video.calls import Call, mark, room_name, title_of
from app.video.errors import VideoAway, VideoOff
from app.video.fetching import Remembering
from app.video.jitsi import Jitsi
from app.video.links import PlainLink
from config import Settings
from video_settings import VideoSettings

log = logging.getLogger(__name__)


class Server(Protocol):
    """Any kind of video server."""

    def address(self, call: Call) -> str:
        """Where somebody joins a call; raises `VideoAway`."""
        ...


def way_in(room: Room, person: Participant) -> str:
    """Where somebody joins the call of a room that is open; raises `VideoAway`.

    A server may have to be asked: meanwhile nothing is read, and no connection is held.
    """
    room.round.require_open()
    room.require_open()
    settings: Settings = current_app.extensions["settings"]
    if settings.video is None:
        raise VideoOff
    call = _call(settings.secret_key, room, person)
    db.session.rollback()
    try:
        return _server(settings.video).address(call)
    except VideoAway as error:
        log.warning("the video server did not let anybody in: %s", error.why)
        raise


def video_host() -> str | None:
    """Where video calls take place, as people are told; none where there are none."""
    video = current_app.extensions["settings"].video
    return urlsplit(video.url).hostname if video else None


def _call(secret: str, room: Room, person: Participant) -> Call:
    round_ = room.round
    return Call(
        room=room_name(secret, round_.event.code, room.id),
        number=room.number,
        title=title_of(room.number, room.name),
        person=person.name,
        person_key=mark(secret, f"person {person.id}"),
        leads=person.role == Role.MODERATOR,
        ends_at=int((room.ends_at or round_.ends_at or now()).timestamp()),
        back=external_url("breakouts.my_room", round_id=round_.id),
    )


@lru_cache(maxsize=4)
def _server(video: VideoSettings) -> Server:
    if video.kind == "jitsi":
        return Jitsi(video.url, video.app, video.audience, video.subject, video.secret)
    if video.kind == "bigbluebutton":
        return BigBlueButton(video.url, video.secret or "", video.hash, Remembering())
    return PlainLink(video.url)
