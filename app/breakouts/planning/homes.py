"""Where somebody belongs in a round by municipality: their own room, or their neighbours'."""

from collections.abc import Sequence

from sqlalchemy import select

from app.breakouts.engine.merging import TIES, Tie
from app.breakouts.engine.problem import Person
from app.breakouts.models import Room
from app.events.models import Participant
from app.extensions import db
from app.municipalities.models import Municipality


def known_states() -> dict[str, str]:
    """The states of our municipalities, by their names in small letters."""
    states = select(Municipality.state).where(Municipality.state != "").distinct()
    names = db.session.scalars(states)
    return {name.casefold(): name for name in names}


def persons(people: Sequence[Participant], states: dict[str, str]) -> list[Person[int]]:
    """These people as the assignment knows them; a state that was typed is written one way."""
    return [Person(p.id, p.municipality_id, _state(p, states)) for p in people]


def state_of(person: Participant) -> str | None:
    """The state that somebody of no municipality comes from."""
    return _state(person, known_states())


def _state(person: Participant, states: dict[str, str]) -> str | None:
    typed = person.state.strip()
    return states.setdefault(typed.casefold(), typed) or None


def home(person: Participant, by_size: Sequence[Room]) -> tuple[Room, Tie | None] | None:
    """The room for somebody who comes later, and the tie that brings them there.

    Their own room if there is one (no tie is needed), else the smallest with the closest tie: a
    room of one's own would be a room alone. None if there is no room at all.
    """
    state = state_of(person)
    own = [room for room in by_size if _is_own(person, state, room)]
    if own:
        return own[0], None
    for tie in TIES:
        tied = [room for room in by_size if _tied(person, state, room, tie)]
        if tied:
            return tied[0], tie
    return None


def _is_own(person: Participant, state: str | None, room: Room) -> bool:
    if person.municipality_id is not None:
        return person.municipality_id in room.municipality_ids
    if state is not None:
        return _has_state(room, state)
    return not room.title or room.why == "common"


def _tied(person: Participant, state: str | None, room: Room, tie: Tie) -> bool:
    if tie == "common":
        return True
    theirs = _municipalities(room)
    mine = person.municipality
    if tie == "cluster":
        cluster = mine.cluster if mine else ""
        return bool(cluster) and any(each.cluster == cluster for each in theirs)
    here = (mine.state if mine else state) or None
    return here is not None and (
        _has_state(room, here) or any(each.state == here for each in theirs)
    )


def _has_state(room: Room, state: str) -> bool:
    return any(each.casefold() == state.casefold() for each in room.states)


def _municipalities(room: Room) -> Sequence[Municipality]:
    """The municipalities of a room; the session keeps them, so each is read once."""
    found = (db.session.get(Municipality, id) for id in room.municipality_ids)
    return [each for each in found if each is not None]
