"""Moderators say what rooms are called, and how many seats each has: planned, and running."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from app.breakouts.actions import waiting
from app.breakouts.facts import RoomChanged, RoomRenamed
from app.breakouts.models import Room, Round, name_of
from app.breakouts.planning.drafting import own_seats, rooms_to_name
from app.breakouts.rules import LARGEST, LONGEST_TOPIC, ROOM_SEATS, seats_said
from app.errors import Conflict, Invalid
from app.events.facts import StepChanged
from app.extensions import db
from app.outbox import announce
from app.submissions import checked, one_line

Seats = Mapping[int, int | None]


def plan_seats(round_: Round, seats: Seats, was: Seats | None = None) -> None:
    """Let rooms of a plan have seats of their own, by their numbers; None goes by the common one.

    Whoever began from something else than holds now, what it `was`, is told of those `rooms`. The
    step and its round are held.
    """
    if round_.opened_at is not None:
        raise Conflict(_l("This round has begun. Change its rooms in the cockpit."))
    rooms = len(rooms_to_name(round_))
    if not all(1 <= number <= rooms for number in seats):
        raise Invalid(_l("There is no such room in the plan."))
    for most in seats.values():
        _require_seats(most)
    now = own_seats(round_)
    if was is not None:
        _require_as_it_was(now, seats, was)
    said = seats_said({**now, **seats})
    round_.item.settings = {**round_.item.settings, ROOM_SEATS: said}


def _require_as_it_was(now: Mapping[int, int], seats: Seats, was: Seats) -> None:
    changed = [room for room in seats if now.get(room) not in (was.get(room), seats[room])]
    if changed:
        words = _l("Somebody else has changed the seats of these rooms in the meantime.")
        raise Conflict(words, rooms=changed)


def _require_seats(most: int | None) -> None:
    if most is not None and not 1 <= most <= LARGEST:
        words = _l("Seats are a whole number from 1 to %(most)d, or nothing.", most=LARGEST)
        raise Invalid(words, field="seats")


@dataclass(frozen=True)
class Said:
    """What a room is called, and how many seats of its own it has, if any."""

    title: str  # empty where it is called by its number
    seats: int | None

    @classmethod
    def of(cls, room: Room) -> "Said":
        """What holds for a room now."""
        return cls(one_line(room.title), room.own_seats)

    def of_room(self, room: Room) -> "Said":
        """The same of this room: the name that it has anyway, without a topic, says nothing."""
        title = one_line(self.title)
        named = room.topic or title != name_of(room.round.mode, room.number, "")
        return Said(title if named else "", self.seats)


def change_room(room: Room, said: Said, was: Said) -> None:
    """Call a running room otherwise, or give it more or fewer seats, of which nobody has to leave.

    Whoever began from something else than holds now is told so. The round is held.
    """
    room.round.require_open()
    now, said, was = Said.of(room), said.of_room(room), was.of_room(room)
    if said == now:
        return
    if was != now:
        raise Conflict(_l("Somebody else has changed this room in the meantime."))
    if said.title != now.title:
        _call(room, said.title)
    if said.seats != now.seats:
        _require_seats(said.seats)
        _seat(room, said.seats)
    db.session.flush()
    _announce(room, is_renamed=said.title != now.title)


def _call(room: Room, title: str) -> None:
    """It keeps its topic, and where it has none it may be called by its number again."""
    if title or room.topic:
        title = checked(title, LONGEST_TOPIC)
    room.first_title, room.title = room.topic, title


def _seat(room: Room, most: int | None) -> None:
    """So many of its own, or as many as all rooms have of which nothing else is said."""
    round_ = room.round
    room.has_own_seats = most is not None
    room.capacity = round_.common_seats if most is None else most
    db.session.flush()
    waiting.give_seats(round_, room)


def _announce(room: Room, *, is_renamed: bool) -> None:
    round_ = room.round
    announce(RoomChanged(round_.id, room.id), round_.event.channel, room.channel)
    if is_renamed:
        announce(RoomRenamed(round_.id, room.id), room.channel)
        step = StepChanged(round_.event_id, round_.item_id, hall_too=False)
        announce(step, round_.event.channel)
