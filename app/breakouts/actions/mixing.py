"""Somebody who comes late beside those in the rooms, as the plan of the round mixes people."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from app.breakouts import queries
from app.breakouts.engine.problem import Person
from app.breakouts.models import Mode, Round
from app.breakouts.planning.drafting import as_persons, rules_of
from app.events.models import Participant

Inside = dict[int | None, list[Person[int]]]

USUAL = (Mode.MUNICIPALITY,)  # then nobody's row has to be read


def mixed(round_: Round, newcomer: Participant) -> tuple[Person[int], Inside]:
    """Who comes, and who is in each room, with all that they are mixed by."""
    mix = rules_of(round_).mix
    if mix == USUAL:
        return Person(newcomer.id, newcomer.municipality_id), queries.occupancy(round_)
    known = {each.id: each for each in as_persons([*queries.people_of(round_), newcomer], mix)}
    return known[newcomer.id], _labelled(round_, known)


def mixed_in(round_: Round) -> Inside:
    """Who is in each room, and who in none, with all that they are mixed by."""
    mix = rules_of(round_).mix
    if mix == USUAL:
        return queries.occupancy(round_)
    return _labelled(round_, {p.id: p for p in as_persons(queries.people_of(round_), mix)})


def _labelled(round_: Round, known: Mapping[int, Person[int]]) -> Inside:
    labelled: Inside = defaultdict(list)
    for room_id, people in queries.occupancy(round_).items():
        labelled[room_id] = [replace(known[each.id], is_here=each.is_here) for each in people]
    return labelled
