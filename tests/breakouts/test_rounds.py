"""A round's life: it opens with its step, gets more time, ends, and can be opened again."""

import pytest

from app.breakouts import queries
from app.breakouts.facts import RoundEnded, RoundOpened
from app.breakouts.models import Mode, RoundState
from app.breakouts.timekeeping import keep_time
from app.database import transaction
from app.events import actions as event_actions
from app.permissions import Role
from app.realtime import View
from tests.breakouts.rounds import come, item, make_conference, sizes, start, where


def end_of(round_):
    return (round_.ends_at - round_.opened_at).total_seconds() / 60


def test_starting_the_step_opens_the_rooms_at_once(event, participant):
    round_ = start(event, "Round 1")
    assert round_.state is RoundState.OPEN
    assert [room.title for room in round_.rooms] == [
        "Reaching parents early",
        "Political anchoring",
        "Binding agreements",
    ]
    assert end_of(round_) == 15
    assert where(round_)[participant.participant_id] in {room.id for room in round_.rooms}


def test_what_the_agenda_says_becomes_the_round(event):
    with transaction():
        event_actions.change_item(
            item(event, "Round 1"),
            minutes=7,
            settings={"mode": "self_select", "choosing_minutes": "3", "capacity": "4"},
        )
    round_ = queries.round_of(item(event, "Round 1"))
    assert (round_.mode, round_.seconds, round_.choosing_seconds) == (Mode.SELF_SELECT, 420, 180)
    assert round_.capacity == 4


@pytest.mark.parametrize("nonsense", ["", "0", "-3", "many", None, "99999"])
def test_nonsense_in_the_agenda_is_passed_over(event, nonsense):
    settings = {"mode": nonsense, "choosing_minutes": nonsense, "capacity": nonsense}
    with transaction():
        event_actions.change_item(item(event, "Round 2"), settings=settings)
    round_ = queries.round_of(item(event, "Round 2"))
    assert (round_.mode, round_.choosing_seconds, round_.capacity) == (Mode.AUTOMATIC, 120, None)


def test_without_topics_the_step_starts_and_the_rooms_wait(app, appoint):
    event = make_conference(topics=())
    moderator = appoint(event, Role.MODERATOR)
    round_ = start(event, "Round 1")
    assert round_.state is RoundState.PLANNED
    answer = moderator.post(f"/rounds/{round_.id}/opening")
    assert answer.status_code == 409
    assert "There are no topics yet" in answer.text
    assert "There are no topics yet" in moderator.get(f"/e/{event.code}/cockpit").text


def test_rooms_open_only_at_their_step(event, moderator):
    round_ = queries.round_of(item(event, "Round 1"))
    assert moderator.post(f"/rounds/{round_.id}/opening").status_code == 409
    assert queries.round_of(item(event, "Round 1")).state is RoundState.PLANNED


def test_opening_open_rooms_changes_nothing(event, moderator):
    come(event, 4)
    round_ = start(event, "Round 1")
    before = where(round_)
    assert moderator.post(f"/rounds/{round_.id}/opening").status_code == 303
    assert where(round_) == before
    assert len(round_.rooms) == 3


def test_going_on_ends_the_round(event, participant):
    round_ = start(event, "Round 1")
    start(event, "Round 2")
    assert round_.state is RoundState.OVER
    assert queries.round_of(item(event, "Round 2")).state is RoundState.CHOOSING


def test_coming_back_to_a_round_that_is_over_does_not_open_it(event):
    round_ = start(event, "Round 1")
    start(event, "Plenum")
    start(event, "Round 1")
    assert round_.state is RoundState.OVER


def test_the_deadline_ends_the_round_once(event, later, announced):
    round_ = start(event, "Round 1")
    keep_time()
    assert round_.is_open
    later(minutes=15, seconds=59)
    keep_time()
    assert round_.is_open  # a minute to finish one's sentence
    later(seconds=2)
    keep_time()
    keep_time()
    assert round_.state is RoundState.OVER
    assert announced(event.channel).count(RoundEnded(round_.id)) == 1


def test_more_time_moves_the_deadline_for_all(event, moderator, later, hear):
    round_ = start(event, "Round 1")
    hall, cockpit, screen = (hear(event, v) for v in (View.HALL, View.COCKPIT, View.SCREEN))
    answer = moderator.post(f"/rounds/{round_.id}/extension?minutes=5", live=True)
    assert answer.status_code == 200
    assert end_of(round_) == 20
    deadline = f'deadline="{int(round_.ends_at.timestamp() * 1000)}"'
    for ear in (hall, cockpit, screen):
        assert deadline in ear.html
    later(minutes=16)
    keep_time()
    assert round_.is_open


@pytest.mark.parametrize("minutes", ["0", "-1", "61", "x", ""])
def test_no_more_time_than_makes_sense(event, moderator, minutes):
    round_ = start(event, "Round 1")
    answer = moderator.post(f"/rounds/{round_.id}/extension", {"minutes": minutes})
    assert answer.status_code == 422
    assert end_of(round_) == 15


def test_a_moderator_ends_the_round_and_takes_it_back(event, moderator):
    come(event, 5)
    round_ = start(event, "Round 1")
    before = where(round_)
    assert moderator.delete(f"/rounds/{round_.id}/opening").status_code == 303
    assert round_.state is RoundState.OVER
    assert moderator.delete(f"/rounds/{round_.id}/opening").status_code == 303
    (late,) = come(event)
    assert moderator.post(f"/rounds/{round_.id}/opening").status_code == 303
    assert round_.state is RoundState.OPEN
    assert {id: room for id, room in where(round_).items() if id != late.id} == before
    assert sizes(round_) == [2, 2, 2]


def test_a_round_over_gets_no_more_time(event, moderator):
    round_ = start(event, "Round 1")
    moderator.delete(f"/rounds/{round_.id}/opening")
    assert moderator.post(f"/rounds/{round_.id}/extension?minutes=5").status_code == 409


@pytest.mark.parametrize("who", ["participant", "host", "observer", "outsider"])
def test_only_moderators_lead_a_round(event, who, request):
    visitor = request.getfixturevalue(who)
    round_ = start(event, "Round 1")
    room = round_.rooms[0]
    calls = [
        visitor.post(f"/rounds/{round_.id}/opening"),
        visitor.delete(f"/rounds/{round_.id}/opening"),
        visitor.post(f"/rounds/{round_.id}/extension?minutes=5"),
        visitor.delete(f"/rounds/{round_.id}/choice"),
        visitor.post(f"/rounds/{round_.id}/shortening?minutes=5"),
        visitor.post(f"/rounds/{round_.id}/last-minute"),
        visitor.post(f"/rooms/{room.id}/extension?minutes=5"),
        visitor.post(f"/rooms/{room.id}/shortening?minutes=5"),
        visitor.post(f"/rooms/{room.id}/last-minute"),
        visitor.post(f"/rooms/{room.id}/moves", {"person": 1}),
        visitor.post(f"/rounds/{round_.id}/swaps", {"person": [1, 2]}),
        visitor.get(f"/rounds/{round_.id}/balance"),
        visitor.post(f"/rounds/{round_.id}/balance", {"move": f"1-{room.id}-{room.id}"}),
        visitor.post(f"/rounds/{round_.id}/messages", {"text": "Hello", "key": "k"}),
        visitor.post(f"/rooms/{room.id}/help/answer"),
        visitor.get(f"/e/{event.code}/attendance"),
        visitor.get(f"/e/{event.code}/attendance?format=csv"),
    ]
    assert {answer.status_code for answer in calls} <= {401, 403, 404}
    assert round_.is_open
    assert end_of(round_) == 15


def test_every_page_is_led_into_its_room_and_back(event, participant, hear):
    hall = hear(event)
    round_ = start(event, "Round 1")
    assert f'href="/rounds/{round_.id}/room"' in hall.html
    room = where(round_)[participant.participant_id]
    inside = hear(event, View.ROOM, source=f"room:{room}")
    assert participant.get(f"/e/{event.code}").location == f"/rounds/{round_.id}/room"
    assert participant.get(f"/rounds/{round_.id}/room").location == f"/rooms/{room}"
    assert participant.get(f"/rooms/{room}").status_code == 200
    start(event, "Plenum")
    assert f'href="/e/{event.code}"' in inside.html
    for url in (f"/rooms/{room}", f"/rounds/{round_.id}/room"):
        assert participant.get(url).location == f"/e/{event.code}"


def test_in_the_hall_and_for_others_nothing_is_said_of_who_is_where(event, hear):
    people = come(event, 3)
    hall, screen = hear(event), hear(event, View.SCREEN)
    start(event, "Round 1")
    for html in (hall.html, screen.html):
        assert all(person.name not in html for person in people)


def test_the_hall_hears_of_an_opening_once_however_many_come(event, announced):
    come(event, 30)
    since = len(announced(event.channel))
    round_ = start(event, "Round 1")
    facts = announced(event.channel)[since:]
    assert facts.count(RoundOpened(round_.id)) == 1
    assert len(facts) < 6


def test_the_moderator_sees_all_rooms_at_a_glance(event, moderator):
    come(event, 6)
    round_ = start(event, "Round 1")
    page = moderator.get(f"/e/{event.code}/cockpit").text
    for room in round_.rooms:
        assert f'id="room-tile-{room.id}"' in page
        assert room.title in page
    assert page.count("2 people") == 3
    assert "End the round" in page


def test_the_screen_shows_rooms_numbers_and_the_time_but_no_controls(event, moderator):
    come(event, 3)
    start(event, "Round 1")
    page = moderator.get(f"/e/{event.code}/screen").text
    assert "Political anchoring" in page
    assert page.count("1 person") == 3
    assert "<count-down" in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]


def test_an_outsider_sees_no_round(event, outsider):
    round_ = start(event, "Round 1")
    assert outsider.get(f"/rounds/{round_.id}/room").status_code in (401, 404)
    assert outsider.get(f"/rooms/{round_.rooms[0].id}").status_code in (401, 404)


def test_a_step_that_has_not_begun_goes_with_its_round(event):
    round_id = queries.round_of(item(event, "Round 3")).id
    with transaction() as session:
        event_actions.remove_item(item(event, "Round 3"))
        session.flush()
        assert queries.rounds_by_id([round_id]) == {}
