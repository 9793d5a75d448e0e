"""Rounds by wishes: up to three are named, and fulfilled together when the time is over."""

import pytest
from sqlalchemy import select

from app.breakouts import queries
from app.breakouts.models import PlacedHow, Placement, RoundState, Wish
from app.extensions import db
from app.realtime import View
from tests.breakouts.plans import end_choosing, plan
from tests.breakouts.rounds import room_of, sizes, start, where


@pytest.fixture
def wished(event):
    """Begin a round by wishes: `wished(capacity="1")`."""

    def begin(**settings):
        plan(event, "Round 1", mode="wishes", choosing_minutes="2", **settings)
        return start(event, "Round 1")

    return begin


def name_wishes(visitor, round_, *rooms):
    return visitor.put(f"/rounds/{round_.id}/wishes", {"room": [room.id for room in rooms]})


def how(round_, visitor):
    return db.session.get_one(Placement, (round_.id, visitor.participant_id)).how


def test_the_page_asks_for_three_wishes_and_shows_them_again(participant, wished):
    round_ = wished()
    assert round_.state is RoundState.CHOOSING
    page = participant.get(f"/rounds/{round_.id}/room").text
    assert page.count('name="room"') == 3
    answer = name_wishes(participant, round_, round_.rooms[1], round_.rooms[0])
    assert answer.status_code == 303
    page = participant.get(answer.location).text
    assert "Your wishes are noted." in page
    assert page.count("selected") == 2


def test_a_plain_form_leaves_wishes_empty_and_names_the_rest(participant, wished):
    round_ = wished()
    first = round_.rooms[0].id
    participant.post(f"/rounds/{round_.id}/wishes?_method=PUT", {"room": [first, "", ""]})
    assert queries.wishes_of(round_.id, participant.participant_id) == [first]


def test_wishes_are_changed_as_a_whole_and_taken_back(participant, wished):
    round_ = wished()
    one, two, three = round_.rooms
    name_wishes(participant, round_, one, two, three)
    name_wishes(participant, round_, three, one)
    assert queries.wishes_of(round_.id, participant.participant_id) == [three.id, one.id]
    name_wishes(participant, round_)
    assert queries.wishes_of(round_.id, participant.participant_id) == []


def test_everybody_gets_the_first_wish_where_there_are_seats_for_all(event, join, wished):
    people = [join(event) for _ in range(4)]
    round_ = wished()
    for visitor in people:
        name_wishes(visitor, round_, round_.rooms[0])
    end_choosing(round_)
    assert sizes(round_) == [4, 0, 0]
    assert {how(round_, visitor) for visitor in people} == {PlacedHow.WISHED}


def test_seats_are_shared_out_so_that_nobody_is_left_without_a_wish(event, join, wished):
    picky, easy, flexible = (join(event) for _ in range(3))
    round_ = wished(capacity="1")
    one, two, three = round_.rooms
    name_wishes(flexible, round_, two, three)
    name_wishes(easy, round_, one, two)
    name_wishes(picky, round_, one)
    end_choosing(round_)
    assert room_of(round_, picky.person).id == one.id
    assert room_of(round_, easy.person).id == two.id
    assert room_of(round_, flexible.person).id == three.id
    page = flexible.get(f"/rounds/{round_.id}/me/reason").text
    assert "Second wish" in page


def test_who_names_none_goes_where_fewest_are(event, join, wished):
    wishing = [join(event) for _ in range(2)]
    silent = join(event)
    round_ = wished()
    for visitor in wishing:
        name_wishes(visitor, round_, round_.rooms[0])
    end_choosing(round_)
    assert room_of(round_, silent.person).id != round_.rooms[0].id
    assert how(round_, silent) is PlacedHow.FALLBACK
    assert "Had not chosen in time" in silent.get(f"/rounds/{round_.id}/me/reason").text


def test_until_the_time_is_over_nobody_is_in_a_room_but_counts_as_having_chosen(
    event, join, wished, hear
):
    first, _second = join(event), join(event)
    round_ = wished()
    screen = hear(event, View.SCREEN)
    name_wishes(first, round_, round_.rooms[0])
    assert set(where(round_).values()) == {None}
    assert "1 person is still choosing." in screen.html
    assert first.person.name not in screen.html


def test_a_room_cannot_be_chosen_past_the_wishes(participant, wished):
    round_ = wished()
    answer = participant.post(f"/rounds/{round_.id}/me", {"room": round_.rooms[0].id})
    assert answer.status_code == 409
    assert where(round_)[participant.participant_id] is None


def test_a_topic_that_one_had_before_cannot_be_wished_for_unless_the_plan_says_so(
    event, participant
):
    first = start(event, "Round 1")
    had = room_of(first, participant.person)
    plan(event, "Round 2", mode="wishes")
    round_ = start(event, "Round 2")
    (again,) = [room for room in round_.rooms if room.aspect_id == had.aspect_id]
    assert name_wishes(participant, round_, again).status_code == 409
    assert f'value="{again.id}"' not in participant.get(f"/rounds/{round_.id}/room").text
    plan(event, "Round 2", mode="wishes", topics_again="yes")
    assert name_wishes(participant, round_, again).status_code == 303


def test_no_room_is_wished_for_twice_and_none_of_another_round(event, participant, wished):
    round_ = wished()
    one = round_.rooms[0]
    assert name_wishes(participant, round_, one, one).status_code == 422
    assert participant.put(f"/rounds/{round_.id}/wishes", {"room": "x"}).status_code == 422
    other = start(event, "Round 2")
    assert name_wishes(participant, other, one).status_code in (404, 409)
    assert db.session.scalars(select(Wish)).all() == []


def test_when_the_time_is_over_nobody_wishes_any_more(participant, wished, later):
    round_ = wished()
    later(minutes=3)
    assert name_wishes(participant, round_, round_.rooms[0]).status_code == 409


@pytest.mark.parametrize("who", ["moderator", "host", "observer", "outsider"])
def test_who_stays_out_names_no_wishes(participant, wished, who, request):
    visitor = request.getfixturevalue(who)
    round_ = wished()
    assert name_wishes(visitor, round_, round_.rooms[0]).status_code in (401, 403, 404)
    assert visitor.get(f"/rounds/{round_.id}/me/reason").status_code in (401, 403, 404)
    assert db.session.scalars(select(Wish)).all() == []


def test_moderators_see_what_would_come_of_the_wishes_now(event, moderator, join, wished):
    people = [join(event, name) for name in ("Ada", "Ben", "Cem")]
    round_ = wished(capacity="1")
    for visitor in people:
        name_wishes(visitor, round_, round_.rooms[0])
    page = moderator.get(f"/rounds/{round_.id}/preview").text
    assert "1 get their first wish, 0 their second, 0 their third, 2 none of theirs." in page
    assert "wished for first 3, second 0, third 0 times" in page
    assert set(where(round_).values()) == {None}


def test_wishes_are_ones_own_to_take_along_and_to_delete(event, participant, wished):
    round_ = wished()
    name_wishes(participant, round_, round_.rooms[0])
    exported = participant.get(f"/e/{event.code}/me.json").json
    assert exported["room_wishes"] == [
        {"round": "Round 1", "rank": 1, "room": round_.rooms[0].title}
    ]
    participant.delete(f"/e/{event.code}/me")
    assert db.session.scalars(select(Wish)).all() == []
