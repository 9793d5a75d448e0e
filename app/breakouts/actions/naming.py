"""Moderators name beforehand who leads through a round's talks and who takes notes.

Whoever is named may say that they would rather not. The round is held.
"""

from collections.abc import Collection, Mapping, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from app.breakouts import queries
from app.breakouts.facts import NamedNoMore, PeopleNamed
from app.breakouts.models import (
    BEFORE_THE_TALK,
    Mode,
    Nomination,
    Part,
    PreparedPlace,
    Round,
)
from app.breakouts.planning.drafting import rooms_to_name
from app.errors import Conflict, Invalid, NotFound
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce
from app.permissions import Role


def name_for(
    round_: Round, people: Sequence[Participant], part: Part, number: int | None = None
) -> None:
    """Let people have a part when the round begins, in the room of this number if there is one.

    Without one they are spread over the rooms with the others who are named for the same. Who
    has declined is asked anew.
    """
    require_planned(round_)
    _require_in_rooms(round_, people)
    if number is not None and not 1 <= number <= len(rooms_to_name(round_)):
        raise Invalid
    ids = [person.id for person in people]
    name_all(round_, dict.fromkeys(ids, part))
    _place(round_, ids, number)
    db.session.flush()


def _require_in_rooms(round_: Round, people: Sequence[Participant]) -> None:
    for person in people:
        if person.event_id != round_.event_id or person.removed_at is not None:
            raise NotFound
        if person.role != Role.PARTICIPANT:
            raise Conflict(_l("Only participants are in rooms."))


def _place(round_: Round, ids: Collection[int], number: int | None) -> None:
    """What is prepared by hand stays so, unless another room is named."""
    if number is not None or round_.mode != Mode.MANUAL:
        places = PreparedPlace.participant_id.in_(ids)
        db.session.execute(delete(PreparedPlace).where(PreparedPlace.round_id == round_.id, places))
    if number is not None:
        db.session.add_all(
            PreparedPlace(round_id=round_.id, participant_id=id, number=number) for id in ids
        )


def name_no_more(round_: Round, person: Participant) -> None:
    """Let somebody be in the round as everybody else; who is not named stays as they are."""
    require_planned(round_)
    nomination = queries.declinable(round_, person)
    if nomination is None:
        return
    db.session.delete(nomination)
    _place(round_, [person.id], None)
    db.session.flush()
    _tell(round_, [person.id])
    if nomination.declined_at is None:
        fact = NamedNoMore(round_.id, person.id, nomination.part.value)
        announce(fact, round_.event.channel)


def name_all(round_: Round, parts: Mapping[int, Part]) -> None:
    """Let these people have these parts, as a list says."""
    named = Nomination.participant_id.in_(parts)
    db.session.execute(delete(Nomination).where(Nomination.round_id == round_.id, named))
    db.session.add_all(
        Nomination(round_id=round_.id, participant_id=id, part=part) for id, part in parts.items()
    )
    if parts:
        _tell(round_, parts)


def _tell(round_: Round, ids: Collection[int]) -> None:
    """One fact for all of them: half a hall may be named at once."""
    announce(PeopleNamed(round_.id, list(ids)), round_.event.channel)


def decline(round_: Round, person: Participant) -> None:
    """Let somebody do without the part that they are named for, until they have it."""
    nomination = _declinable(round_, person)
    if nomination.declined_at is None:
        nomination.decline()
        _tell(round_, [person.id])


def agree(round_: Round, person: Participant) -> None:
    """Let somebody have it all the same, in the room that was meant for them."""
    nomination = _declinable(round_, person)
    if nomination.declined_at is not None:
        nomination.agree()
        _tell(round_, [person.id])


def _declinable(round_: Round, person: Participant) -> Nomination:
    nomination = queries.declinable(round_, person)
    if nomination is None:
        raise NotFound
    if round_.state not in BEFORE_THE_TALK:
        raise Conflict(_l("This round has begun. In your room you can hand over what you do."))
    return nomination


def require_planned(round_: Round) -> None:
    """Raise once it has begun."""
    if round_.opened_at is not None:
        raise Conflict(_l("This round has begun; move people in its rooms."))
