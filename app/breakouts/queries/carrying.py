"""What earlier rounds left behind, as the rooms of a later one find it lying ready."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from app.breakouts.models import BY_ATTRIBUTE, Contribution, Kind, Placement, Report, Room, Round
from app.breakouts.queries.texts import reports_in
from app.events.models import AgendaItem, Event, Participant
from app.extensions import db

CARRY_IN = "carry_in"  # the setting of a round: everything, nothing, or the number of a round
EVERYTHING = "everything"
STEP = "breakout"


@dataclass(frozen=True)
class Carried:
    """What comes from one earlier room."""

    room: Room
    contributions: Sequence[Contribution]  # visible ones, oldest first
    report: Report | None
    is_akin: bool  # whether it had the same topic or people, so that all of it is of use


@dataclass(frozen=True)
class CarriedIn:
    """What a room finds lying ready; `is_wanted` says whether the plan names anything."""

    is_wanted: bool
    only_impulses: bool
    rooms: Sequence[Carried]


def rounds_before(event: Event, item: AgendaItem | None) -> list[tuple[str, str]]:
    """The numbers and titles of the rounds that stand before a step; of a new one, of all."""
    rounds = [each for each in event.items if each.kind == STEP]
    numbered = [(str(number), each.title) for number, each in enumerate(rounds, 1)]
    return numbered[: rounds.index(item)] if item in rounds else numbered


def carried_into(room: Room) -> CarriedIn:
    """What the plan lets lie ready in this room.

    Of rooms with the same topic or people that is everything, of others what its own people wrote
    without having another topic. Where the plan says nothing, people who come together by where
    they are from find their impulses.
    """
    round_ = room.round
    said = str(round_.item.settings.get(CARRY_IN) or "")
    by_home = round_.mode in BY_ATTRIBUTE
    if not (said == EVERYTHING or said.isdecimal() or (by_home and not said)):
        return CarriedIn(False, False, [])
    sources = _rooms_of([each.id for each in _earlier(round_, said)])
    akin = {each.id for each in sources if said and _are_akin(each, room)}
    texts = _texts(room, sources, akin, only_impulses=not said)
    reports = reports_in(akin)
    carried = [
        Carried(each, texts[each.id], reports.get(each.id), each.id in akin)
        for each in sources
        if each.id in akin or each.id in texts
    ]
    return CarriedIn(True, not said, carried)


def _earlier(round_: Round, said: str) -> Sequence[Round]:
    """The rounds that were opened before, in the order of the agenda; perhaps one of them alone."""
    rounds = db.session.scalars(
        select(Round)
        .join(AgendaItem, AgendaItem.id == Round.item_id)
        .where(
            Round.event_id == round_.event_id,
            Round.id != round_.id,
            Round.opened_at < round_.opened_at,
        )
        .order_by(AgendaItem.position)
    ).all()
    if not said.isdecimal():
        return rounds
    steps = [item.id for item in round_.event.items if item.kind == STEP]
    return [each for each in rounds if steps.index(each.item_id) + 1 == int(said)]


def _rooms_of(round_ids: Collection[int]) -> Sequence[Room]:
    return db.session.scalars(
        select(Room)
        .join(Round, Round.id == Room.round_id)
        .join(AgendaItem, AgendaItem.id == Round.item_id)
        .where(Room.round_id.in_(round_ids))
        .order_by(AgendaItem.position, Room.number)
    ).all()


def _topic_of(room: Room) -> object:
    """What a room talks about; none where people come together by where they are from."""
    if room.round.mode in BY_ATTRIBUTE:
        return None
    return room.aspect_id or room.topic.casefold() or None


def _are_akin(one: Room, other: Room) -> bool:
    """Whether they have the same topic, or people from the same places."""
    topics = {_topic_of(one), _topic_of(other)}
    if topics != {None}:
        return len(topics) == 1
    homes = ("municipality_ids", "states", "functions")
    return any(set(getattr(one, name)) & set(getattr(other, name)) for name in homes)


def _texts(
    room: Room, sources: Sequence[Room], akin: Collection[int], *, only_impulses: bool
) -> dict[int, list[Contribution]]:
    """All of akin rooms; and of this room's people what they did not write on another topic."""
    free = [each.id for each in sources if None in (_topic_of(each), _topic_of(room))]
    theirs = and_(Contribution.room_id.in_(free), _by_its_people(room))
    wanted = or_(Contribution.room_id.in_(akin), theirs)
    if only_impulses:
        wanted = and_(theirs, Contribution.kind == Kind.IMPULSE)
    rows = db.session.scalars(
        select(Contribution)
        .outerjoin(Participant, Participant.id == Contribution.participant_id)
        .where(Contribution.shown(), wanted)
        .order_by(Contribution.id)
    )
    texts: dict[int, list[Contribution]] = defaultdict(list)
    for text in rows:
        texts[text.room_id].append(text)
    return texts


def _by_its_people(room: Room) -> ColumnElement[bool]:
    """By the municipalities of a room; else, and where somebody has none, by who is in it."""
    inside = select(Placement.participant_id).where(Placement.room_id == room.id)
    theirs = Participant.id.in_(inside)
    if not room.municipality_ids:
        return theirs
    homeless = and_(Participant.municipality_id.is_(None), theirs)
    return or_(Participant.municipality_id.in_(room.municipality_ids), homeless)
