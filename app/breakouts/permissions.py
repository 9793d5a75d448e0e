"""Who may do what in breakout rounds."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true

from app.breakouts.models import Contribution, Placement, Room, Round, RoundState
from app.permissions import ANSWERERS, EVERYBODY, MODERATORS, WRITERS, Role, allow

PLACED = frozenset({Role.PARTICIPANT})  # all others stay out of the rooms


def placed_in(person: Any) -> ColumnElement[bool]:
    """The rooms that this person is or was in."""
    mine = select(Placement.room_id).where(
        Placement.participant_id == person.id, Placement.room_id.is_not(None)
    )
    return Room.id.in_(mine)


def open_to(person: Any) -> ColumnElement[bool]:
    """The rooms that this person may enter: their own, and all for those who lead."""
    return true() if person.role in ANSWERERS else placed_in(person)


def readable_to(person: Any) -> ColumnElement[bool]:
    """The contributions of the rooms that this person may enter, and of all rounds that are over.

    Moderators and authors read hidden ones, too.
    """
    is_over = Contribution.room.has(Room.round.has(Round.state == RoundState.OVER))
    in_reach = or_(is_over, Contribution.room.has(open_to(person)))
    there = and_(Contribution.withdrawn_at.is_(None), in_reach)
    if person.role == Role.MODERATOR:
        return there
    own = Contribution.participant_id == person.id
    return and_(there, or_(own, Contribution.hidden_at.is_(None)))


def verb_to_edit(person: Any, contribution: Contribution) -> str:
    """What somebody needs to say it differently: it is their own, or they moderate."""
    is_others = person.role == Role.MODERATOR and not person.wrote(contribution)
    return "breakouts.reword" if is_others else "breakouts.edit"


allow("breakouts.see", EVERYBODY)
allow("breakouts.enter", WRITERS, visible=open_to)
allow("breakouts.visit", ANSWERERS)
allow("breakouts.choose", PLACED)
allow("breakouts.decline", PLACED)
allow("breakouts.write", PLACED, visible=placed_in)
allow("breakouts.report", PLACED, visible=placed_in)
allow("breakouts.share_duties", PLACED | MODERATORS, visible=open_to)
allow("breakouts.ask_for_help", PLACED | MODERATORS, visible=open_to)
allow("breakouts.edit", WRITERS, own=True)
allow("breakouts.reword", MODERATORS, visible=readable_to)
allow("breakouts.read_text", EVERYBODY, visible=readable_to)
allow("breakouts.react", WRITERS, visible=readable_to)
allow("breakouts.moderate", MODERATORS)
