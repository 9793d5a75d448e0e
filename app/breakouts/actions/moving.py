"""People who are moved while the rooms are open: several, two for each other, or to even out.

All of them or none; whoever is not among them notices nothing. The round is held.
"""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from app.breakouts import queries
from app.breakouts.actions.placing import put
from app.breakouts.actions.waiting import stop_waiting
from app.breakouts.engine.balancing import Move
from app.breakouts.models import PlacedHow, Room, Round
from app.database import found
from app.errors import Conflict, NotFound
from app.events.models import Participant
from app.permissions import Role


def move(round_: Round, person: Participant, room: Room) -> None:
    """Put somebody into another room, full or not: moderators know why. The round is held.

    There they stay, so they wait for no seat elsewhere any more.
    """
    round_.require_open()
    if room.round_id != round_.id or person.event_id != round_.event_id:
        raise NotFound
    room.require_open()
    if person.role != Role.PARTICIPANT or person.removed_at is not None:
        raise Conflict(_l("Only participants are in rooms."))
    stop_waiting(round_, person)
    put(round_, person, room.id, PlacedHow.MOVED)


def move_all(round_: Round, people: Sequence[Participant], room: Room) -> None:
    """Put several people into a room."""
    for person in people:
        move(round_, person, room)


def swap(round_: Round, first: Participant, second: Participant) -> None:
    """Let two people change places."""
    rooms = [_room_of(round_, person) for person in (first, second)]
    if rooms[0].id == rooms[1].id:
        raise Conflict(_l("They are in the same room already."))
    move(round_, first, rooms[1])
    move(round_, second, rooms[0])


def _room_of(round_: Round, person: Participant) -> Room:
    placement = queries.placement_of(round_.id, person.id)
    if placement is None or placement.room_id is None:
        raise Conflict(_l("They are in no room yet."))
    return found(Room, placement.room_id)


def rebalance(round_: Round, moves: Sequence[Move[int]]) -> None:
    """Do what was offered, if everybody is still where the offer saw them."""
    round_.require_open()
    for each in moves:
        person = found(Participant, each.person)
        if _room_of(round_, person).id != each.source or not person.is_present:
            raise Conflict(_l("Somebody has come or gone meanwhile. This is the new proposal."))
        move(round_, person, found(Room, each.target))
