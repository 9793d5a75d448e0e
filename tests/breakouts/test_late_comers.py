"""Who comes late goes where fewest are, whoever has a place there; and where they mix best."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.breakouts.engine.placing import place
from app.breakouts.engine.problem import Person as Seated
from app.breakouts.engine.problem import Room as Seats
from app.breakouts.models import Bond, Pair, Placement
from app.breakouts.planning.balancing import better_balance
from app.database import locked, now, transaction
from app.events import actions as event_actions
from app.events.models import Event, Participant
from app.extensions import db
from app.permissions import Role
from tests.breakouts.plans import end_choosing
from tests.breakouts.rounds import come, item, room_of, sizes, start, where


def goes_away(*people: Participant) -> None:
    """They are away from now on."""
    with transaction() as session:
        theirs = Participant.id.in_([person.id for person in people])
        away = now() - timedelta(seconds=1)
        session.execute(update(Participant).where(theirs).values(present_until=away))


def present(round_) -> list[int]:
    """How many are there in each room."""
    inside = where(round_)
    here = {p.id for p in db.session.query(Participant) if p.is_present}
    return [sum(r == room.id and p in here for p, r in inside.items()) for room in round_.rooms]


def mixes(event: Event, title: str, *attributes: str) -> None:
    """The round mixes people by these, the first one before the second."""
    step = item(event, title)
    said = dict(zip(("mix", "mix_also"), attributes, strict=False))
    with transaction():
        event_actions.change_item(step, settings={**step.settings, **said})


def inside(round_, number: int) -> list[Participant]:
    """Who has a place in a room of this number."""
    room = next(room for room in round_.rooms if room.number == number)
    return [db.session.get_one(Participant, p) for p, r in where(round_).items() if r == room.id]


def test_where_some_have_gone_those_go_who_come(event):
    come(event, 13)
    round_ = start(event, "Round 1")
    largest = max(round_.rooms, key=lambda room: sizes(round_)[room.number - 1])
    goes_away(*inside(round_, largest.number)[:3])
    assert sorted(present(round_)) == [2, 4, 4]
    come(event, 3)
    assert sorted(present(round_)) == [4, 4, 5]
    assert present(round_)[largest.number - 1] >= 4


def test_of_rooms_with_as_many_people_the_one_with_fewest_seats_taken_is_theirs(event):
    come(event, 6)
    round_ = start(event, "Round 1")
    come(event, 1)
    larger = next(room for room in round_.rooms if sizes(round_)[room.number - 1] == 3)
    goes_away(inside(round_, larger.number)[0])
    assert present(round_) == [2, 2, 2]
    (late,) = come(event)
    assert room_of(round_, late).id != larger.id


@pytest.mark.parametrize("mode", ["municipality", "state"])
def test_the_people_of_one_place_in_two_rooms_come_where_fewer_of_them_are(
    event, municipality, mode
):
    step = item(event, "Round 3")
    with transaction():
        event_actions.change_item(step, settings={"mode": mode, "capacity": "4"})
    town = municipality("Nord")
    come(event, 8, town)
    round_ = start(event, "Round 3")
    assert sizes(round_) == [4, 4]
    goes_away(*inside(round_, 2)[:2])
    (late,) = come(event, 1, town)
    assert room_of(round_, late).number == 2


def test_they_come_where_there_is_still_something_to_talk(event):
    step = item(event, "Round 3")
    with transaction():
        event_actions.change_item(step, settings={"mode": "state", "capacity": "4"})
    come(event, 8, state="Hessen")
    round_ = start(event, "Round 3")
    goes_away(*inside(round_, 1)[:2])
    with transaction():
        locked(type(round_), round_.id).rooms[0].close()
    (late,) = come(event, 1, state="Hessen")
    assert room_of(round_, late).number == 2


@pytest.mark.parametrize("mode", ["self_select", "wishes"])
def test_those_who_do_not_choose_are_mixed_like_all(event, mode):
    step = item(event, "Round 1")
    settings = {"mode": mode, "topics": "One\nTwo", "mix": "state"}
    with transaction():
        event_actions.change_item(step, settings=settings)
    for number in range(8):
        come(event, 1, state=("Bayern", "Hessen")[number % 2])
    round_ = start(event, "Round 1")
    end_choosing(round_)
    for room in round_.rooms:
        assert (
            sorted(p.state for p in inside(round_, room.number)) == ["Bayern"] * 2 + ["Hessen"] * 2
        )


@pytest.mark.parametrize("attributes", [("state",), ("municipality", "state")])
def test_they_are_mixed_by_what_the_round_mixes_people_by(event, attributes):
    mixes(event, "Round 1", *attributes)
    for number in range(6):
        come(event, 1, state=f"State {number}")
    round_ = start(event, "Round 1")
    assert sizes(round_) == [2, 2, 2]
    neighbour = inside(round_, 1)[0]
    (late,) = come(event, 1, state=neighbour.state)
    assert room_of(round_, late).number != 1  # where they would be if nothing mixed them


def test_the_first_attribute_goes_before_the_second():
    late = Seated("late", "x", further=("north",))
    rooms = {
        "r0": [Seated("a", "x", further=("south",))],
        "r1": [Seated("b", "y", further=("north",))],
        "r2": [Seated("c", "y", further=("south",))],
    }
    assert place(late, [Seats(id) for id in rooms], rooms) == "r2"
    rooms["r2"] = [Seated("c", "x", further=("south",))]
    assert place(late, [Seats(id) for id in rooms], rooms) == "r1"


def test_who_is_bound_to_somebody_comes_to_them_however_many_are_there(event):
    people = come(event, 6)
    round_ = start(event, "Round 1")
    friend = people[0]
    others = [p for p in people if room_of(round_, p).id != room_of(round_, friend).id]
    goes_away(*others)
    with transaction():
        late = event_actions.join(event, name="Late", language="en", role=Role.OBSERVER)
        db.session.add(
            Pair(event_id=event.id, first_id=friend.id, second_id=late.id, bond=Bond.TOGETHER)
        )
    with transaction():
        event_actions.change_person(locked(Participant, late.id), role=Role.PARTICIPANT)
    assert room_of(round_, late).id == room_of(round_, friend).id


def test_as_many_questions_are_asked_however_many_are_there(event, statements):
    mixes(event, "Round 1", "function", "state")
    come(event, 3, state="Hamburg")
    start(event, "Round 1")
    come(event, 1)  # all that is asked once in a process is asked
    asked = []
    for number in (1, 9):
        come(event, number, state="Bayern")
        statements.clear()
        come(event, 1, state="Hessen")
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_who_would_move_is_mixed_by_what_the_round_mixes_people_by(event):
    mixes(event, "Round 1", "state")
    states = ["Hamburg"] * 3 + ["Bayern"] * 3 + ["Hessen"] * 3
    people = [come(event, 1, state=state)[0] for state in states]
    round_ = start(event, "Round 1")
    full, other, empty = round_.rooms
    with transaction() as session:
        session.execute(update(Placement).values(room_id=other.id))
        kept = [people[0], people[3], people[4], people[6]]
        theirs = Placement.participant_id.in_([person.id for person in kept])
        session.execute(update(Placement).where(theirs).values(room_id=full.id))
        alone = Placement.participant_id == people[8].id
        session.execute(update(Placement).where(alone).values(room_id=empty.id))
    goes_away(people[7], people[5])
    # four, two and one are there: of the four one goes, and of Bayern, where two are, rather
    (move,) = better_balance(round_)
    assert (move.source, move.target) == (full.id, empty.id)
    assert move.person in (people[3].id, people[4].id)
