"""The time of a round and of its rooms: given, taken away, and kept. The round is held."""

from app.breakouts.actions.rounds import end_choosing, end_round
from app.breakouts.facts import RoomEnded, RoomExtended, RoomReopened, RoundExtended
from app.breakouts.models import Room, Round
from app.breakouts.queries import people_in
from app.errors import Invalid
from app.extensions import db
from app.outbox import announce

MOST_MINUTES = 60  # that can be added or taken away at once


def extend(round_: Round, minutes: int) -> None:
    """Give all rooms more time; those that ended when all were to end open again."""
    _shift(round_, _checked(minutes))
    for room in round_.rooms:
        if room.has_ended_with_all:
            room.reopen()
            _bring_back(room)


def shorten(round_: Round, minutes: int) -> None:
    """Take time away from all rooms."""
    _shift(round_, -_checked(minutes))


def _checked(minutes: int) -> int:
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid
    return minutes


def _shift(round_: Round, minutes: int) -> None:
    round_.shift(minutes)
    _announce_time(round_)


def begin_last_minute(round_: Round) -> None:
    """Let everybody finish their sentence; a minute later they are back in the plenum."""
    round_.begin_last_minute()
    _announce_time(round_)


def _announce_time(round_: Round) -> None:
    announce(RoundExtended(round_.id), round_.event.channel)
    for room in round_.rooms:
        announce(RoomExtended(round_.id, room.id), room.channel)


def extend_room(room: Room, minutes: int) -> None:
    """Give one room more time than the others; one that is over opens again."""
    was_over = room.is_over
    room.shift(_checked(minutes))
    _announce_time_of(room)
    if was_over:
        _bring_back(room)


def shorten_room(room: Room, minutes: int) -> None:
    """Take time away from one room."""
    room.shift(-_checked(minutes))
    _announce_time_of(room)


def begin_last_minute_of(room: Room) -> None:
    """Let the people of one room finish their sentence."""
    room.begin_last_minute()
    _announce_time_of(room)


def _announce_time_of(room: Room) -> None:
    db.session.flush()
    announce(RoomExtended(room.round_id, room.id), room.round.event.channel, room.channel)


def _bring_back(room: Room) -> None:
    channels = [person.channel for person in people_in(room)]
    announce(RoomReopened(room.round_id, room.id), *channels)


def keep_time(round_: Round) -> None:
    """Do what the clock asks for, if it still does."""
    if round_.is_choosing:
        if round_.is_due:
            end_choosing(round_)
    elif round_.is_finished:
        end_round(round_)
    elif round_.is_open:
        for room in round_.rooms:
            if room.is_due:
                _end_room(room)


def _end_room(room: Room) -> None:
    """Send the people of one room back, while others still talk."""
    room.close()
    db.session.flush()
    announce(RoomEnded(room.round_id, room.id), room.round.event.channel, room.channel)
