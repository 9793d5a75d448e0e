"""Who leads through the talk of a room, and who takes its notes. The round is held."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence

from flask_babel import lazy_gettext as _l

from app.breakouts import queries
from app.breakouts.facts import (
    ChoosingEnded,
    DutiesChanged,
    OwnDutiesChanged,
    PlacementChanged,
    RoundOpened,
)
from app.breakouts.models import Duty, Part, Room, Round
from app.breakouts.planning.drafting import rules_of
from app.breakouts.planning.naming import holders
from app.database import now
from app.errors import Conflict, Refused
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce, follows
from app.permissions import Role

Heirs = dict[Part, Participant]


def appoint(room: Room, part: Part, person: Participant, by: Participant) -> None:
    """Let somebody of the room have a part: themselves, while nobody has it, or by its holder."""
    room.require_open()
    if person.id not in {each.id for each in queries.people_in(room)}:
        raise Conflict(_l("They are not in this room."))
    duty = queries.duty_of(room, part)
    if duty is not None:
        _require_say(duty, by)
        _settle_name(duty, person.id)
    elif by.role == Role.PARTICIPANT and by.id != person.id:
        raise Refused
    else:
        duty = Duty(room=room, part=part)
        db.session.add(duty)
    _entrust(duty, person)


def give_back(room: Room, part: Part, by: Participant) -> None:
    """Let nobody have a part, until somebody takes it."""
    duty = queries.duty_of(room, part)
    if duty is not None:
        _require_say(duty, by)
        _settle_name(duty, None)
        _take_away(duty)


def _require_say(duty: Duty, by: Participant) -> None:
    if by.role == Role.PARTICIPANT and by.id != duty.participant_id:
        raise Refused(_l("This part is somebody else's. They can hand it over to you."))


def _settle_name(duty: Duty, heir: int | None) -> None:
    """Whoever gives up what they were named for is not asked again when they come back."""
    if duty.participant_id != heir:
        nomination = queries.nomination_of(duty.room.round, duty.person)
        if nomination is not None and nomination.part == duty.part:
            db.session.delete(nomination)


def _entrust(duty: Duty, person: Participant) -> None:
    before: int | None = duty.participant_id  # nobody's, if it is new
    if before == person.id:
        return
    duty.person = person
    _note(duty, person.is_present)
    _announce(duty.room, before, person.id)


def _note(duty: Duty, here: bool) -> None:
    if here:
        duty.holder_is_back()
    else:
        duty.holder_left()


def _take_away(duty: Duty) -> None:
    room, before = duty.room, duty.participant_id
    db.session.delete(duty)
    _announce(room, before)


def _announce(room: Room, *people: int | None) -> None:
    db.session.flush()
    announce(DutiesChanged(room.id), room.channel, room.round.event.channel)
    for id in people:
        if id is not None:
            announce(OwnDutiesChanged(id), Participant.channel_of(id))


def note_holder(person: Participant, room_id: int, here: bool) -> None:
    """Somebody has come back to their room, or gone away: what they had to do waits a while."""
    for duty in queries.duties_of(person, room_id):
        _note(duty, here)


def welcome_back(round_: Round, person: Participant) -> None:
    """Who comes back to their room gets what they are named for, if nobody else does it."""
    placement = queries.placement_of(round_.id, person.id)
    if placement is None or placement.room_id is None or not round_.is_open:
        return
    room = db.session.get_one(Room, placement.room_id)
    if not room.is_over:
        _welcome(round_, room, person, asked=())


def pass_on(duty: Duty) -> None:
    """Let somebody else who is here have the part of who is gone, if that is still so."""
    if duty.passes_at is not None and duty.passes_at <= now():
        _pass_on(duty)


def _pass_on(duty: Duty, *, vacant: bool = False) -> None:
    """To somebody who has nothing else to do, if there is one; `vacant` where nobody is left."""
    heir = _heir(duty.room, besides=duty.participant_id)
    if heir is not None:
        _entrust(duty, heir)
    elif vacant:
        _take_away(duty)


def _heir(room: Room, besides: int | None = None) -> Participant | None:
    others = [person for person in queries.people_in(room) if person.id != besides]
    return _drawn(room, others, {duty.participant_id for duty in queries.duties_in([room.id])})


def _drawn(room: Room, people: Iterable[Participant], busy: Collection[int]) -> Participant | None:
    here = [person for person in people if person.is_present]
    random.Random(f"{room.id} {len(here)}").shuffle(here)
    return min(here, key=lambda person: person.id in busy, default=None)


def fill(round_: Round) -> None:
    """Give what nobody does yet to who is named for it, and by lot where somebody is asked."""
    if round_.is_choosing:
        return
    named, asked = queries.named_in(round_), rules_of(round_).asked
    if named or asked:
        _fill(round_.rooms, named, asked)


def _fill(rooms: Sequence[Room], named: Mapping[int, Part], asked: Collection[str]) -> None:
    """A few queries, however many rooms there are."""
    ids = [room.id for room in rooms]
    rosters, held = queries.rosters(ids), queries.duties_in(ids)
    heirs: dict[Room, Heirs] = {}
    for room in rooms:
        here = [person for person in rosters[room.id]["people"] if person.is_present]
        theirs = [duty for duty in held if duty.room_id == room.id]
        heirs[room] = _heirs(room, here, theirs, holders(named, here), asked)
    _give(heirs)


def _heirs(
    room: Room,
    here: Sequence[Participant],
    held: Sequence[Duty],
    named: Mapping[Part, Participant],
    asked: Collection[str],
) -> Heirs:
    """Who is to do what nobody does in a room: who is named, else by lot who has nothing to do."""
    taken, busy = {duty.part for duty in held}, {duty.participant_id for duty in held}
    heirs: Heirs = {part: person for part, person in named.items() if part not in taken}
    busy |= {person.id for person in heirs.values()}
    for part in Part:
        heir = _drawn(room, here, busy)
        if part in asked and part not in taken and part not in heirs and heir is not None:
            heirs[part] = heir
            busy.add(heir.id)
    return heirs


def _give(heirs: Mapping[Room, Heirs]) -> None:
    db.session.add_all(
        Duty(room=room, part=part, person=person)
        for room, theirs in heirs.items()
        for part, person in theirs.items()
    )
    db.session.flush()
    for room, theirs in heirs.items():
        if theirs:
            _announce(room, *(person.id for person in theirs.values()))


def _welcome(
    round_: Round, room: Room, person: Participant, asked: Collection[str] | None = None
) -> None:
    """Who comes into a room gets what they are named for, if it is free; who is alone, is asked.

    What somebody has given back is asked of nobody anew, just because somebody else has come.
    """
    nomination = queries.nomination_of(round_, person)
    asked = rules_of(round_).asked if asked is None else asked
    if round_.is_choosing or not person.is_present or not (nomination or asked):
        return
    others = [each for each in queries.people_in(room) if each.id != person.id]
    named = {nomination.part: person} if nomination is not None else {}
    alone = not any(each.is_present for each in others)
    held = queries.duties_in([room.id])
    _give({room: _heirs(room, [person], held, named, asked if alone else ())})


@follows(RoundOpened)
def _opened(fact: RoundOpened) -> None:
    fill(db.session.get_one(Round, fact.round_id))


@follows(ChoosingEnded)
def _chosen(fact: ChoosingEnded) -> None:
    fill(db.session.get_one(Round, fact.round_id))


@follows(PlacementChanged)
def _placed(fact: PlacementChanged) -> None:
    """Who has left a room has nothing to do there any more, and may have in the other one."""
    if fact.from_room is not None:
        for duty in queries.duties_in([fact.from_room]):
            if duty.participant_id == fact.participant_id:
                _pass_on(duty, vacant=True)
    if fact.to_room is not None:
        round_, room = db.session.get_one(Round, fact.round_id), fact.to_room
        person = db.session.get_one(Participant, fact.participant_id)
        _welcome(round_, db.session.get_one(Room, room), person)
