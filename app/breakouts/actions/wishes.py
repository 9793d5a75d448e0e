"""Wishes for rooms: named while there is time, and fulfilled together when it is over."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from app.breakouts import queries
from app.breakouts.actions.placing import require_choice
from app.breakouts.facts import WishesNamed
from app.breakouts.models import MOST_WISHES, Mode, PlacedHow, Room, Round, Wish
from app.breakouts.planning.drafting import fulfilled
from app.errors import Conflict, Invalid
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce


def name_wishes(round_: Round, person: Participant, rooms: Sequence[Room]) -> None:
    """Wish for these rooms, the first one most; none takes the wishes back. The round is held."""
    if round_.mode != Mode.WISHES:
        raise Conflict(_l("In this round a room is chosen at once."))
    if len(rooms) > MOST_WISHES or len({room.id for room in rooms}) < len(rooms):
        raise Invalid(_l("Please name up to three different rooms."))
    round_.require_choosing()
    for room in rooms:
        require_choice(round_, person, room)
    _forget(round_, person)
    db.session.add_all(
        Wish(round_id=round_.id, participant_id=person.id, rank=rank, room_id=room.id)
        for rank, room in enumerate(rooms, 1)
    )
    db.session.flush()
    announce(WishesNamed(round_.id, person.id), round_.event.channel)


def _forget(round_: Round, person: Participant) -> None:
    db.session.execute(
        delete(Wish).where(Wish.round_id == round_.id, Wish.participant_id == person.id)
    )


def place_by_wishes(round_: Round) -> None:
    """Place everybody whose wish can be fulfilled; all others are still to be placed."""
    waiting = queries.roomless(round_)
    undecided = {person.id for person in queries.occupancy(round_)[None]} & waiting.keys()
    for person_id, room_id in fulfilled(round_, undecided).items():
        waiting[person_id].room_id = room_id
        waiting[person_id].how = PlacedHow.WISHED
    db.session.flush()
