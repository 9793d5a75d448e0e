"""What a round would be if it began now: its rooms, and who would be in which. Nothing is stored.

Equal people, rules and seed give an equal draft, so what the preview shows is what opens.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from app.breakouts import queries
from app.breakouts.engine.keeping import seat_all
from app.breakouts.engine.problem import Person, Room
from app.breakouts.engine.quality import Figures
from app.breakouts.engine.spreading import plan_spreading
from app.breakouts.engine.wishing import fulfil
from app.breakouts.models import BY_ATTRIBUTE, BY_CHOICE, Mode, Round
from app.breakouts.planning.attributes import labels
from app.breakouts.planning.drafts import Draft, RoomDraft, Seats, Topic
from app.breakouts.planning.grouping import grouped
from app.breakouts.planning.naming import Named, named_among, seat_named
from app.breakouts.rules import Rules
from app.events.models import Participant
from app.livepolls.queries import chosen_aspects
from app.offload import run_apart

DEALS = 1_000  # seeds of one round


@dataclass(frozen=True)
class Dealt:
    """Who is in which of several rooms, by their ids."""

    rooms: Sequence[Sequence[int]]
    figures: Figures | None = None
    passed_over: int = 0  # pairs that could not be kept


def rules_of(round_: Round) -> Rules:
    """How a round is to form its rooms."""
    return Rules.of(round_.item.settings)


def topics_of(round_: Round) -> list[Topic]:
    """What is talked about in a round: its own topics, else the chosen aspects."""
    own = rules_of(round_).topics
    if own:
        return [Topic(title) for title in own]
    return [Topic(aspect.title, aspect.id) for aspect in chosen_aspects(round_.event_id)]


def has_rooms(round_: Round) -> bool:
    """Whether there is anything to make rooms of."""
    if round_.mode in BY_ATTRIBUTE or rules_of(round_).rooms or topics_of(round_):
        return True
    return round_.mode == Mode.AUTOMATIC and round_.capacity is not None


def room_topics(round_: Round, people: int) -> list[Topic]:
    """The topic of each room; where there are more rooms than topics, rooms share them in turn."""
    rules, topics = rules_of(round_), topics_of(round_)
    count = rules.rooms or len(topics)
    if round_.mode == Mode.AUTOMATIC and round_.capacity is not None:
        count = _rooms_for(round_, people, max(count, 1))
    topics = topics or [Topic()]
    return [topics[place % len(topics)] for place in range(count)]


def _rooms_for(round_: Round, people: int, planned: int) -> int:
    """How many rooms have seats for all, where each has its own number or the common one."""
    own, common = own_seats(round_), round_.capacity or 1
    count, seats = planned, sum(own.get(number, common) for number in range(1, planned + 1))
    while seats < people:
        count += 1
        seats += own.get(count, common)
    return count


def own_seats(round_: Round) -> dict[int, int]:
    """The seats of planned rooms that have their own; what is left of others counts no more.

    Rooms of an attribute depend on people, so none of them has a number beforehand.
    """
    rules = rules_of(round_)
    if not rules.seats or round_.mode in BY_ATTRIBUTE:
        return {}
    planned = rules.rooms or len(topics_of(round_)) or 1
    return {number: most for number, most in rules.seats.items() if number <= planned}


def seats_of(round_: Round, rooms: int) -> list[Seats]:
    """How many each of so many rooms takes: its own number, else the common one, if any."""
    own, common = own_seats(round_), Seats(round_.capacity)
    return [Seats(own[at], True) if at in own else common for at in range(1, rooms + 1)]


def rooms_to_name(round_: Round) -> list[Topic]:
    """The rooms that are known before anybody has come; those of an attribute depend on people."""
    return [] if round_.mode in BY_ATTRIBUTE else room_topics(round_, 0)


def draft(round_: Round, people: Sequence[Participant]) -> Draft:
    """The rooms as they would be with these people."""
    if round_.mode in BY_ATTRIBUTE:
        return _by_attribute(round_, people)
    topics = room_topics(round_, len(people))
    seats = seats_of(round_, len(topics))
    if round_.mode in BY_CHOICE:
        return _to_choose(round_, people, topics, seats)
    if round_.mode == Mode.MANUAL:
        return _prepared(round_, people, topics, seats)
    named = named_among(round_, people, len(topics))
    dealt = deal(round_, people, seats, named)
    return Draft(
        _rooms(topics, dealt.rooms, seats),
        figures=dealt.figures,
        passed_over=dealt.passed_over,
        prepared=frozenset(id for id, place in named.places.items() if id in dealt.rooms[place]),
    )


def _rooms(
    topics: Sequence[Topic], inside: Sequence[Sequence[int]], seats: Sequence[Seats]
) -> list[RoomDraft]:
    rooms = zip(topics, inside, seats, strict=True)
    return [RoomDraft(topic, ids, seats=most) for topic, ids, most in rooms]


def deal(
    round_: Round,
    people: Sequence[Participant],
    seats: Sequence[Seats],
    named: Named,
    *,
    besides: str | None = None,
) -> Dealt:
    """Deal people evenly, mixed as the rules say, few who were together in the last rounds.

    Those who are named for the same part are spread over the rooms. What all people have in
    common, `besides`, mixes nobody. Too few `seats` are exceeded, and pairs that cannot be kept
    are passed over: a round that does not begin would help nobody, and the preview says it
    beforehand. More pairs are kept than the common number lets, but none against a room's own.
    """
    if not people or not seats:
        return Dealt([[] for _ in seats])
    mix = [name for name in rules_of(round_).mix if name != besides]
    ids = {person.id for person in people}
    planned = partial(
        run_apart,
        plan_spreading,
        as_persons(people, mix),
        ties=queries.ties_among(round_, ids),
        seed=DEALS * round_.id + round_.dealt,
        history=queries.history(round_, ids),
        places=named.places,
        groups=named.groups,
    )
    plan, passed_over = planned([Room(place, each.most) for place, each in enumerate(seats)])
    if passed_over and any(each.most and not each.are_own for each in seats):
        own = [Room(at, each.most if each.are_own else None) for at, each in enumerate(seats)]
        plan, passed_over = min((plan, passed_over), planned(own), key=lambda made: len(made[1]))
    inside: list[list[int]] = [[] for _ in seats]
    for person_id, place in plan.assignment.items():
        inside[place].append(person_id)
    return Dealt(inside, plan.figures, len(passed_over))


def as_persons(people: Sequence[Participant], mix: Sequence[str]) -> list[Person[int]]:
    """These people as the assignment knows them, with what they are mixed by."""
    by_attribute = [labels(people, name) for name in mix]
    return [
        Person(
            person.id,
            by_attribute[0][person.id] if by_attribute else None,
            further=tuple(each[person.id] for each in by_attribute[1:]),
        )
        for person in people
    ]


def _by_attribute(round_: Round, people: Sequence[Participant]) -> Draft:
    """A room for each municipality, state or function; large ones split, small ones merged."""
    attribute = round_.mode.value
    known = {person.id: person for person in people}
    rooms: list[RoomDraft] = []
    passed_over = 0
    for room in grouped(people, attribute, rules_of(round_).neighbours):
        parts = -(-len(room.people) // (round_.capacity or len(room.people) or 1))
        if parts < 2:
            rooms.append(room)
            continue
        inside = [known[id] for id in room.people]
        named = named_among(round_, inside)
        dealt = deal(round_, inside, [Seats()] * parts, named, besides=attribute)
        passed_over += dealt.passed_over
        rooms += [room.part_of(number, parts, ids) for number, ids in enumerate(dealt.rooms, 1)]
    return Draft(rooms, passed_over=passed_over)


def _to_choose(
    round_: Round,
    people: Sequence[Participant],
    topics: Sequence[Topic],
    seats: Sequence[Seats],
) -> Draft:
    """Who is named for a certain room is there already; everybody else chooses."""
    places = named_among(round_, people, len(topics)).places
    inside = [[id for id in places if places[id] == at] for at in range(len(topics))]
    choosing = [person.id for person in people if person.id not in places]
    rooms = _rooms(topics, inside, seats)
    return Draft(rooms, choosing=choosing, prepared=frozenset(places))


def _prepared(
    round_: Round,
    people: Sequence[Participant],
    topics: Sequence[Topic],
    seats: Sequence[Seats],
) -> Draft:
    """Everybody where they were prepared to be, all others where fewest are.

    Those of them who are named go first, where fewest are named for the same; then those who are
    to be with somebody, or apart from them.
    """
    wanted = queries.prepared_in(round_)
    persons = as_persons(people, rules_of(round_).mix)
    inside: dict[int, list[Person[int]]] = {place: [] for place in range(len(topics))}
    prepared = frozenset(p.id for p in persons if 1 <= wanted.get(p.id, 0) <= len(topics))
    for person in persons:
        if person.id in prepared:
            inside[wanted[person.id] - 1].append(person)
    others = [person for person in persons if inside and person.id not in prepared]
    most = {place: each.most for place, each in enumerate(seats)}
    seated = seat_named(named_among(round_, people), others, inside, most)
    others = [person for person in others if person.id not in seated]
    ties = queries.ties_among(round_, {person.id for person in persons})
    seat_all(others, inside, ties, capacities=most)
    rooms = [[person.id for person in inside[place]] for place in range(len(topics))]
    return Draft(_rooms(topics, rooms, seats), prepared=prepared)


def fulfilled(round_: Round, people: Collection[int]) -> dict[int, int]:
    """The room of each of these people who would get one of their wishes now."""
    wishes = {id: rooms for id, rooms in queries.wishes_in(round_).items() if id in people}
    if not wishes:
        return {}
    inside = queries.occupancy(round_)
    seats = {
        room.id: None if room.capacity is None else max(0, room.capacity - len(inside[room.id]))
        for room in round_.rooms
    }
    return run_apart(fulfil, wishes, seats, seed=DEALS * round_.id)
