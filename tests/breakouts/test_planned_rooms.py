"""The rooms that a plan makes: topics of its own, so many rooms, so many people in each."""

from app.breakouts import queries
from app.breakouts.models import RoundState
from app.database import transaction
from app.events import actions as event_actions
from tests.breakouts.plans import come_as, plan
from tests.breakouts.rounds import come, item, make_conference, room_of, sizes, start


def titles(round_):
    return [room.title for room in round_.rooms]


def test_topics_of_its_own_stand_in_place_of_the_chosen_aspects(event):
    come(event, 4)
    plan(event, topics="Transfer\nMaterial")
    round_ = start(event, "Round 1")
    assert titles(round_) == ["Transfer", "Material"]
    assert {room.aspect_id for room in round_.rooms} == {None}
    assert sizes(round_) == [2, 2]


def test_more_rooms_than_topics_share_them_in_turn(event):
    come(event, 8)
    plan(event, topics="Transfer\nMaterial", rooms="4")
    assert titles(start(event, "Round 1")) == ["Transfer", "Material"] * 2


def test_without_any_topic_there_are_as_many_groups_as_the_plan_says(app, join):
    event = make_conference(topics=())
    visitor = join(event)
    come(event, 5)
    plan(event, rooms="3")
    round_ = start(event, "Round 1")
    assert sizes(round_) == [2, 2, 2]
    room = room_of(round_, visitor.person)
    assert f"Group {room.number}" in visitor.get(f"/rooms/{room.id}").text


def test_there_are_as_many_rooms_as_it_takes_to_have_no_more_people_in_each(event):
    come(event, 11)
    plan(event, capacity="2")
    round_ = start(event, "Round 1")
    assert sorted(sizes(round_)) == [1, 2, 2, 2, 2, 2]
    assert titles(round_)[:3] == titles(round_)[3:]


def test_groups_of_a_size_need_neither_topics_nor_a_number(app):
    event = make_conference(topics=())
    come(event, 7)
    plan(event, capacity="3")
    assert sorted(sizes(start(event, "Round 1"))) == [2, 2, 3]


def test_people_are_mixed_by_what_the_plan_says(event, account):
    midwives = [come_as(event, account(f"m{n}@example.org", function="Midwife")) for n in range(3)]
    come(event, 6)
    plan(event, mix="function")
    round_ = start(event, "Round 1")
    assert len({room_of(round_, midwife).id for midwife in midwives}) == 3


def test_an_own_topic_is_not_chosen_twice_either(event, participant):
    plan(event, "Round 1", topics="Transfer\nMaterial\nLaw")
    had = room_of(start(event, "Round 1"), participant.person)
    plan(event, "Round 2", mode="self_select", topics="transfer\nMATERIAL\nlaw")
    round_ = start(event, "Round 2")
    (again,) = [room for room in round_.rooms if room.title.casefold() == had.title.casefold()]
    answer = participant.post(f"/rounds/{round_.id}/me", {"room": again.id})
    assert answer.status_code == 409


def test_the_plan_goes_along_into_another_event(event):
    settings = {"mode": "wishes", "topics": "Transfer\nMaterial", "rooms": "4", "capacity": "9"}
    plan(event, "Round 1", minutes=7, **settings)
    with transaction():
        copy = event_actions.event_from(event, "Next year")
    round_ = queries.round_of(item(copy, "Round 1"))
    assert (round_.mode, round_.seconds, round_.capacity) == ("wishes", 420, 9)
    assert titles(start(copy, "Round 1")) == ["Transfer", "Material"] * 2


def test_a_round_to_come_is_changed_while_another_one_runs(event):
    come(event, 4)
    start(event, "Round 1")
    plan(event, "Round 2", topics="Transfer", rooms="2")
    assert titles(start(event, "Round 2")) == ["Transfer"] * 2


def test_a_round_that_has_begun_keeps_its_rooms_whatever_is_changed(event):
    come(event, 4)
    round_ = start(event, "Round 1")
    before = titles(round_)
    plan(event, "Round 1", mode="wishes", topics="Transfer")
    assert round_.state is RoundState.OPEN
    assert titles(round_) == before
