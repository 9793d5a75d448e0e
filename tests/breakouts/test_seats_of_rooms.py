"""Rooms of a plan that have seats of their own: a hall takes more than a seminar room."""

import pytest

from app.breakouts import actions
from app.breakouts.models import BY_ATTRIBUTE, PlacedHow, Placement, SeatWanted
from app.breakouts.planning.balancing import better_balance
from app.breakouts.rules import Rules, seats_said
from app.database import transaction
from app.events import actions as event_actions
from app.extensions import db
from app.permissions import Role
from tests.breakouts.plans import end_choosing, plan
from tests.breakouts.rounds import come, item, sizes, start, where

EVEN = "Even them out"
TOPICS = "Hall\nSeminar room\nOffice"


def places(moderator, round_):
    return moderator.get(f"/rounds/{round_.id}/places").text


def preview(moderator, round_):
    return moderator.get(f"/rounds/{round_.id}/preview").text


def save(visitor, round_, **seats):
    """Send the form as it was opened: `save(moderator, round_, seats_1="40", was_1="")`."""
    form = {name.replace("_", "-"): value for name, value in seats.items()}
    return visitor.put(f"/rounds/{round_.id}/seats", form)


def capacities(round_):
    db.session.expire_all()
    return [(room.capacity, room.has_own_seats) for room in round_.rooms]


@pytest.mark.parametrize(
    ("said", "seats"),
    [
        ("1:40 3:12", {1: 40, 3: 12}),
        ("1:40 1:50", {1: 50}),
        ("0:3 1:0 2:-4 3:x x:3 4 5: :6 201:7 6:10000 7:9", {7: 9}),
        (None, {}),
        ({"1": 40}, {}),
        (["1:40"], {}),
        (40, {}),
    ],
)
def test_seats_are_read_kindly_and_nonsense_is_passed_over(said, seats):
    assert Rules.of({"room_seats": said}).seats == seats


def test_what_is_written_is_what_is_read():
    assert seats_said({3: 12, 1: 40, 2: None}) == "1:40 3:12"
    assert Rules.of({"room_seats": seats_said({3: 12, 1: 40})}).seats == {1: 40, 3: 12}


def test_each_room_of_a_plan_has_a_field_and_stays_as_it_was_saved(event, moderator):
    round_ = plan(event, topics=TOPICS, capacity="9")
    page = places(moderator, round_)
    assert page.count('placeholder="9"') == 3
    answer = save(moderator, round_, seats_1="40", was_1="", seats_2="", was_2="")
    assert answer.status_code == 303
    assert 'name="seats-1" value="40"' in places(moderator, round_)
    assert "1 room with seats of its own" in preview(moderator, round_)
    save(moderator, round_, seats_1="", was_1="40", seats_3="5", was_3="")
    db.session.expire_all()
    assert Rules.of(round_.item.settings).seats == {3: 5}


def test_two_who_change_different_rooms_do_not_undo_each_other(event, moderator):
    round_ = plan(event, topics=TOPICS)
    opened = {"was_1": "", "was_2": "", "was_3": ""}
    save(moderator, round_, **opened, seats_1="40", seats_2="", seats_3="")
    save(moderator, round_, **opened, seats_1="", seats_2="12", seats_3="")
    db.session.expire_all()
    assert Rules.of(round_.item.settings).seats == {1: 40, 2: 12}


def test_who_plans_topics_and_seats_is_told_that_seats_go_by_numbers(event, moderator):
    hint = "Rooms have seats of their own, by their numbers"
    round_ = plan(event, topics=TOPICS)
    assert "The numbers belong to the rooms' numbers" in places(moderator, round_)
    url = f"/e/{event.code}/items/{round_.item_id}"
    assert hint not in moderator.get(url).text
    save(moderator, round_, seats_1="40", was_1="")
    assert hint in moderator.get(url).text


def test_seats_stay_as_the_agenda_is_saved_again_and_go_along_into_a_copy(event, moderator):
    round_ = plan(event, topics=TOPICS, room_seats="1:40")
    step = item(event, "Round 1")
    form = {"kind": "breakout", "title": "Round 1", "setting-breakout-topics": TOPICS}
    assert moderator.post(f"/e/{event.code}/items/{step.id}", form).status_code == 303
    db.session.expire_all()
    assert Rules.of(round_.item.settings).seats == {1: 40}
    with transaction():
        copy = event_actions.event_from(event, "Next year")
    copied = next(each for each in copy.items if each.title == "Round 1")
    assert Rules.of(copied.settings).seats == {1: 40}


@pytest.mark.parametrize(
    "form",
    [
        {"seats_1": "0"},
        {"seats_1": "-3"},
        {"seats_1": "10000"},
        {"seats_1": "many"},
        {"seats_4": "4"},
        {"seats_0": "4"},
        {"seats_x": "4"},
        {"seats_01": "4"},
        {"seats_1": "4", "seats_01": "5"},
        {"seats_١": "4"},
    ],
)
def test_nonsense_is_refused_and_changes_nothing(event, moderator, form):
    round_ = plan(event, topics=TOPICS, room_seats="1:40")
    assert save(moderator, round_, **form).status_code == 422
    db.session.expire_all()
    assert round_.item.settings["room_seats"] == "1:40"


@pytest.mark.parametrize("mode", sorted(BY_ATTRIBUTE))
def test_rooms_that_nobody_knows_yet_have_no_seats_of_their_own(event, moderator, mode):
    come(event, 4)
    round_ = plan(event, mode=mode, room_seats="1:1")
    assert "Seats of each room" not in places(moderator, round_)
    assert save(moderator, round_, seats_1="4").status_code == 422
    assert capacities(start(event, "Round 1")) == [(None, False)]


def test_once_it_has_begun_the_cockpit_is_where_rooms_are_changed(event, moderator):
    plan(event, topics=TOPICS)
    round_ = start(event, "Round 1")
    words = "This round has begun. Change its rooms in the cockpit."
    assert words in places(moderator, round_)
    answer = save(moderator, round_, seats_1="40")
    assert answer.status_code == 409
    assert words in answer.text


@pytest.mark.parametrize("who", ["participant", "host", "observer", "outsider"])
def test_only_moderators_plan_seats(event, who, request):
    visitor = request.getfixturevalue(who)
    round_ = plan(event, topics=TOPICS)
    assert save(visitor, round_, seats_1="40").status_code in (401, 403, 404)
    assert visitor.get(f"/rounds/{round_.id}/places").status_code in (401, 403, 404)
    db.session.expire_all()
    assert "room_seats" not in round_.item.settings


def test_who_leads_another_event_plans_nothing_here(event, other_event, appoint):
    stranger = appoint(other_event, Role.MODERATOR, "Milo Moderator")
    round_ = plan(event, topics=TOPICS)
    assert save(stranger, round_, seats_1="40").status_code in (401, 403, 404)


def test_a_hall_takes_those_for_whom_the_small_rooms_are_too_small(event, moderator):
    come(event, 12)
    round_ = plan(event, topics=TOPICS, capacity="9", room_seats="2:2 3:1")
    assert "9 seats" in preview(moderator, round_)
    round_ = start(event, "Round 1")
    assert sizes(round_) == [9, 2, 1]
    assert capacities(round_) == [(9, False), (2, True), (1, True)]


def test_where_the_common_number_is_exceeded_there_are_more_rooms_of_it(event, moderator):
    come(event, 12)
    round_ = plan(event, topics=TOPICS, capacity="4", room_seats="1:2 2:2 3:2")
    assert "seats for" not in preview(moderator, round_)
    assert sizes(start(event, "Round 1")) == [2, 2, 2, 3, 3]


def test_large_rooms_save_others(event):
    come(event, 12)
    plan(event, topics="Hall", capacity="3", room_seats="1:40")
    assert sizes(start(event, "Round 1")) == [12]


def test_seats_of_rooms_that_are_planned_no_more_count_for_nothing(event, moderator):
    come(event, 20)
    round_ = plan(event, topics=TOPICS, capacity="4", room_seats="4:1 5:40")
    assert "seats of its own" not in preview(moderator, round_)
    round_ = start(event, "Round 1")
    assert sizes(round_) == [4, 4, 4, 4, 4]
    assert capacities(round_) == [(4, False)] * 5


def test_they_go_as_seats_are_saved_and_rooms_that_are_planned_keep_theirs(event, moderator):
    round_ = plan(event, topics=TOPICS, room_seats="2:12 4:1 5:40")
    assert save(moderator, round_, seats_1="9", was_1="").status_code == 303
    db.session.expire_all()
    assert round_.item.settings["room_seats"] == "1:9 2:12"


def test_with_too_few_seats_it_opens_all_the_same_and_the_preview_says_so(event, moderator):
    come(event, 12)
    round_ = plan(event, topics=TOPICS, room_seats="1:4 2:2 3:2")
    page = preview(moderator, round_)
    assert "There are only 8 seats for 12 people." in page
    round_ = start(event, "Round 1")
    assert sizes(round_) == [6, 3, 3]
    assert "There are only 8 seats for 12 people." in moderator.get(f"/e/{event.code}/cockpit").text


def test_late_comers_go_where_seats_are_free_then_where_the_fewest_are_too_many(event):
    come(event, 5)
    plan(event, topics=TOPICS, room_seats="1:4 2:1 3:1")
    round_ = start(event, "Round 1")
    assert sizes(round_) == [3, 1, 1]
    come(event, 1)
    assert sizes(round_) == [4, 1, 1]
    come(event, 3)
    assert sizes(round_) == [5, 2, 2]


def test_named_people_are_in_their_room_and_it_has_no_more_people_than_seats(
    event, moderator, join
):
    people = [join(event) for _ in range(8)]
    round_ = plan(event, topics=TOPICS, room_seats="2:2 3:2")
    for number, visitor in ((3, people[0]), (2, people[1])):
        form = {"person": visitor.participant_id, "part": "facilitator", "room": number}
        assert moderator.post(f"/rounds/{round_.id}/nominations", form).status_code == 303
    round_ = start(event, "Round 1")
    assert sizes(round_) == [4, 2, 2]
    rooms = where(round_)
    assert rooms[people[0].participant_id] == round_.rooms[2].id
    assert rooms[people[1].participant_id] == round_.rooms[1].id


def test_each_room_to_choose_is_full_at_its_own_number(event, join):
    plan(event, "Round 2", mode="self_select", capacity="3", room_seats="1:1 2:2")
    people = [join(event) for _ in range(3)]
    round_ = start(event, "Round 2")
    assert capacities(round_) == [(1, True), (2, True), (3, False)]
    one, two = round_.rooms[:2]
    url = f"/rounds/{round_.id}/me"
    assert people[0].post(url, {"room": one.id}).status_code == 303
    assert people[1].post(url, {"room": one.id}).status_code == 409
    assert people[1].post(url, {"room": two.id}).status_code == 303
    assert people[2].post(url, {"room": two.id}).status_code == 303
    assert "1 of 1 seats" in people[2].get(f"/rounds/{round_.id}/room?choose").text


def test_who_has_not_chosen_goes_where_seats_are_and_evenly_over_if_none_are(event):
    come(event, 9)
    plan(event, "Round 2", mode="self_select", room_seats="1:4 2:1 3:1")
    round_ = start(event, "Round 2")
    end_choosing(round_)
    assert sizes(round_) == [5, 2, 2]


def test_wishes_come_true_as_far_as_each_room_has_seats(event, join):
    people = [join(event) for _ in range(3)]
    plan(event, "Round 2", mode="wishes", room_seats="1:2")
    round_ = start(event, "Round 2")
    for visitor in people:
        form = {"room": [room.id for room in round_.rooms[:2]]}
        visitor.put(f"/rounds/{round_.id}/wishes", form)
    end_choosing(round_)
    assert sizes(round_) == [2, 1, 0]
    hows = {p.how for p in db.session.query(Placement).filter_by(round_id=round_.id)}
    assert hows == {PlacedHow.WISHED}


def test_prepared_beyond_the_seats_of_a_room_is_told_and_kept(event, moderator, join):
    people = [join(event) for _ in range(6)]
    round_ = plan(event, mode="manual", topics=TOPICS, room_seats="1:3 2:1")
    form = {f"place-{visitor.participant_id}": "2" for visitor in people[:2]}
    moderator.put(f"/rounds/{round_.id}/places", form)
    assert "More people than seats would be in room 2." in preview(moderator, round_)
    round_ = start(event, "Round 1")
    assert sizes(round_) == [2, 2, 2]
    come(event, 4)
    assert sizes(round_) == [3, 2, 5]


def test_other_seats_for_all_leave_rooms_with_a_number_of_their_own(event, moderator, join):
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="1", room_seats="1:1")
    people = [join(event) for _ in range(3)]
    round_ = start(event, "Round 1")
    hall, other = round_.rooms[:2]
    people[0].post(f"/rounds/{round_.id}/me", {"room": hall.id})
    people[1].post(f"/rooms/{hall.id}/line")
    step = item(event, "Round 1")
    with transaction():
        event_actions.change_item(step, settings={**step.settings, "capacity": "5"})
    assert capacities(round_) == [(1, True), (5, False), (5, False)]
    assert where(round_)[people[1].participant_id] is None
    assert db.session.query(SeatWanted).count() == 1
    assert other.capacity == 5


def test_evening_out_respects_what_each_room_takes(event, moderator):
    people = come(event, 8)
    plan(event, topics="Hall\nOffice", room_seats="2:3")
    round_ = start(event, "Round 1")
    assert sizes(round_) == [5, 3]
    assert EVEN not in moderator.get(f"/e/{event.code}/cockpit").text
    office = round_.rooms[1]
    gone = next(p for p in people if where(round_)[p.id] == office.id)
    with transaction():
        actions.move(round_, gone, round_.rooms[0])
    assert sizes(round_) == [6, 2]
    assert EVEN in moderator.get(f"/e/{event.code}/cockpit").text
    assert [(move.source, move.target) for move in better_balance(round_)] == [
        (round_.rooms[0].id, office.id)
    ]
