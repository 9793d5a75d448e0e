"""While a round runs its rooms can be called otherwise, and have more seats or fewer."""

import re

import pytest

from app.breakouts import actions, queries
from app.breakouts.actions.seating import Said
from app.breakouts.facts import RoomChanged, RoomRenamed
from app.breakouts.models import Room, SeatWanted
from app.database import transaction
from app.errors import Conflict
from app.events import actions as event_actions
from app.events.facts import StepChanged
from app.extensions import db
from app.permissions import Role
from app.realtime import View
from tests.breakouts.plans import plan
from tests.breakouts.rounds import come, item, room_of, sizes, start
from tests.together import failures, together

TOPICS = "Hall\nOffice"


@pytest.fixture
def round_(event):
    """A round of two rooms that runs, with four people."""
    come(event, 4)
    plan(event, "Round 1", topics=TOPICS)
    return start(event, "Round 1")


def opened(visitor, room):
    """What the form holds, hidden fields too."""
    page = visitor.get(f"/rooms/{room.id}/settings").text
    return fields(page)


def fields(page):
    inputs = re.findall(r"<input[^>]+>", page.partition('id="room-settings"')[2])
    named = {re.search(r'name="([^"]+)"', each)[1]: each for each in inputs}
    values = {name: re.search(r'value="([^"]*)"', each) for name, each in named.items()}
    return {name: found[1] if found else "" for name, found in values.items()}


def change(visitor, room, **said):
    form = opened(visitor, room) | said
    return visitor.put(f"/rooms/{room.id}/settings", form)


def holds(room):
    db.session.expire_all()
    now = db.session.get_one(Room, room.id)
    return now.title, now.capacity


def test_the_tile_leads_to_a_form_that_says_what_holds(event, round_, moderator):
    room = round_.rooms[0]
    assert f'href="/rooms/{room.id}/settings"' in moderator.get(f"/e/{event.code}/cockpit").text
    form = opened(moderator, room)
    assert (form["title"], form["seats"]) == ("Hall", "")
    assert (form["was_title"], form["was_seats"]) == ("Hall", "")


def test_a_new_name_is_everywhere_at_once(event, round_, moderator, hear, announced):
    room = round_.rooms[0]
    inside = hear(event, View.ROOM, source=room.channel)
    hall, cockpit, screen = (hear(event, v) for v in (View.HALL, View.COCKPIT, View.SCREEN))
    answer = change(moderator, room, title="Great hall")
    assert answer.status_code == 303
    assert answer.location.endswith(f"#room-tile-{room.id}")
    assert holds(room) == ("Great hall", None)
    for ear in (inside, hall, cockpit, screen):
        assert "Great hall" in ear.html
    facts = announced(event.channel)
    assert RoomChanged(round_.id, room.id) in facts
    assert StepChanged(event.id, round_.item_id, hall_too=False) in facts
    for fact in (RoomChanged, RoomRenamed):
        assert fact(round_.id, room.id) in announced(room.channel)
    assert f'action="catch-up" target="room-head-{room.id}"' in inside.html
    assert "catch-up" not in hall.html


def test_it_is_called_so_among_the_results_too(event, round_, moderator, participant):
    change(moderator, round_.rooms[0], title="Great hall")
    with transaction():
        event_actions.start_step(event, item(event, "Plenum"))
    assert "1 · Great hall" in participant.get(f"/e/{event.code}/steps/{round_.item_id}").text


def test_where_rooms_are_wished_for_pages_fetch_the_names(event, moderator, hear, participant):
    plan(event, "Round 2", mode="wishes")
    round_ = start(event, "Round 2")
    hall = hear(event, View.HALL)
    change(moderator, round_.rooms[0], title="Great hall")
    assert 'action="catch-up" target="room-wishes"' in hall.html
    page = participant.get(f"/rounds/{round_.id}/room").text
    assert 'id="room-wishes"' in page
    assert "1 · Great hall" in page


@pytest.mark.parametrize("whose", ["of one room", "of all rooms"])
def test_where_rooms_are_wished_for_pages_fetch_the_seats(
    event, moderator, hear, participant, whose
):
    round_ = plan(event, "Round 2", mode="wishes", capacity="5")
    start(event, "Round 2")
    assert "(5 seats)" in participant.get(f"/rounds/{round_.id}/room").text
    hall = hear(event, View.HALL)
    if whose == "of one room":
        change(moderator, round_.rooms[0], seats="50")
    else:
        step = item(event, "Round 2")
        with transaction():
            event_actions.change_item(step, settings={**step.settings, "capacity": "50"})
    assert hall.html.count('action="catch-up" target="room-wishes"') == 1
    assert "(50 seats)" in participant.get(f"/rounds/{round_.id}/room").text


def test_more_seats_while_people_choose_are_given_to_those_who_wait(event, moderator, join, hear):
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="1")
    people = [join(event) for _ in range(4)]
    round_ = start(event, "Round 1")
    hall, office = round_.rooms
    people[0].post(f"/rounds/{round_.id}/me", {"room": hall.id})
    for visitor in people[1:]:
        visitor.post(f"/rooms/{hall.id}/line")
    ear = hear(event)
    assert change(moderator, hall, seats="3").status_code == 303
    assert sizes(round_) == [3, 0]
    assert db.session.query(SeatWanted).one().participant_id == people[3].participant_id
    assert "3 of 3 seats" in ear.html
    assert holds(office) == ("Office", 1)


def test_with_fewer_seats_nobody_has_to_leave_and_nobody_new_comes_in(event, moderator, join):
    plan(event, "Round 1", mode="self_select", topics=TOPICS)
    people = [join(event) for _ in range(3)]
    round_ = start(event, "Round 1")
    hall = round_.rooms[0]
    for visitor in people[:2]:
        visitor.post(f"/rounds/{round_.id}/me", {"room": hall.id})
    change(moderator, hall, seats="1")
    assert sizes(round_) == [2, 0]
    answer = people[2].post(f"/rounds/{round_.id}/me", {"room": hall.id})
    assert answer.status_code == 409
    assert "More people than seats in room 1." in moderator.get(f"/e/{event.code}/cockpit").text


def test_late_comers_keep_to_the_new_number(event, round_, moderator):
    assert sizes(round_) == [2, 2]
    change(moderator, round_.rooms[0], seats="2")
    come(event, 3)
    assert sizes(round_) == [2, 5]


def test_without_a_number_of_its_own_it_has_that_of_all_and_follows_it(event, moderator):
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="5")
    hall, office = start(event, "Round 1").rooms
    change(moderator, hall, seats="40")
    assert (hall.has_own_seats, office.has_own_seats) == (True, False)
    step = item(event, "Round 1")
    with transaction():
        event_actions.change_item(step, settings={**step.settings, "capacity": "7"})
    assert (holds(hall), holds(office)) == (("Hall", 40), ("Office", 7))
    change(moderator, hall, seats="")
    assert holds(hall) == ("Hall", 7)
    assert hall.has_own_seats is False


def test_of_two_who_change_a_room_the_second_sees_both_and_chooses(round_, moderator):
    room = round_.rooms[0]
    stale = opened(moderator, room)
    change(moderator, room, title="Great hall", seats="40")
    answer = moderator.put(f"/rooms/{room.id}/settings", stale | {"title": "Aula", "seats": "30"})
    assert answer.status_code == 409
    assert "Somebody else has changed this room in the meantime." in answer.text
    assert "<strong>Great hall</strong> · 40 seats" in " ".join(answer.text.split())
    form = fields(answer.text)
    assert (form["title"], form["seats"]) == ("Aula", "30")
    assert holds(room) == ("Great hall", 40)
    assert moderator.put(f"/rooms/{room.id}/settings", form).status_code == 303
    assert holds(room) == ("Aula", 30)


def test_what_is_sent_twice_is_done_once(round_, moderator, announced):
    room = round_.rooms[0]
    form = opened(moderator, room) | {"title": "Great hall"}
    for _time in range(2):
        assert moderator.put(f"/rooms/{room.id}/settings", form).status_code == 303
    assert announced(room.channel).count(RoomRenamed(round_.id, room.id)) == 1


def test_a_form_that_does_not_say_what_it_began_from_overwrites_nothing(round_, moderator):
    room = round_.rooms[0]
    answer = moderator.put(f"/rooms/{room.id}/settings", {"title": "Aula"})
    assert answer.status_code == 409
    assert holds(room) == ("Hall", None)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": "  "}, "Please name the room."),
        ({"title": "\u200b"}, "Please name the room."),
        ({"title": "x" * 121}, "This is too long: 121 of at most 120 characters."),
        ({"seats": "0"}, "From 1 to 9999 seats, or none."),
        ({"seats": "10000"}, "From 1 to 9999 seats, or none."),
        ({"seats": "many"}, "Not a valid integer value."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(round_, moderator, said, words):
    room = round_.rooms[0]
    answer = change(moderator, room, **{"title": "Aula", "seats": "7", **said})
    assert answer.status_code == 422
    assert words in answer.text
    kept = fields(answer.text)
    assert kept["seats" if "title" in said else "title"] == ("7" if "title" in said else "Aula")
    assert holds(room) == ("Hall", None)


def test_groups_without_a_topic_stay_so_unless_they_get_a_name(event, moderator):
    come(event, 4)
    plan(event, "Round 1", mode="automatic", rooms="2", capacity="9")
    make_groups(event)
    room = start(event, "Round 1").rooms[0]
    change(moderator, room, seats="8")
    assert holds(room) == ("", 8)
    assert moderator.get(f"/rooms/{room.id}").text.count("Group 1")
    change(moderator, room, title="Blue")
    assert holds(room) == ("Blue", 8)


def make_groups(event):
    """Let no aspect be chosen, so that rooms have no topics."""
    from app.livepolls.models import Aspect

    with transaction() as session:
        for aspect in session.query(Aspect):
            aspect.chosen = False


def test_a_room_of_many_municipalities_may_keep_its_long_name(event, moderator, municipality):
    for number in range(2):
        come(event, 1, municipality(f"Municipality {number} with a rather long name " + "x" * 50))
    plan(event, "Round 3", mode="municipality", capacity="4")
    room = start(event, "Round 3").rooms[0]
    assert len(room.title) > 120
    assert change(moderator, room, seats="6").status_code == 303
    assert holds(room) == (room.title, 6)
    change(moderator, room, seats="")
    assert room.capacity is None


def test_a_common_room_that_gets_a_name_is_merged_of_nothing(event, moderator):
    come(event, 3)
    plan(event, "Round 3", mode="municipality")
    round_ = start(event, "Round 3")
    change(moderator, round_.rooms[0], title="Veranda")
    page = moderator.get(f"/rooms/{round_.rooms[0].id}").text
    assert "Veranda" in page
    assert "You share this room" not in page


def test_another_name_makes_no_other_topic(event, moderator, participant):
    """Who has talked about it is not to do so again, and what was said there lies ready."""
    plan(event, "Round 1", topics=TOPICS)
    first = start(event, "Round 1")
    mine = room_of(first, participant.person)
    topic = mine.title
    with transaction():
        actions.write_contribution(mine, participant.person, "impulse", "Let us begin", "key")
    for name in ("Great hall", "Ground floor"):
        change(moderator, mine, title=name)
    plan(event, "Round 2", mode="self_select", topics=TOPICS, carry_in="everything")
    second = start(event, "Round 2")
    again = next(room for room in second.rooms if room.title == topic)
    me = participant.participant_id
    assert queries.excluded_rooms(second, {me}) == {me: {again.id}}
    (carried,) = queries.carried_into(again).rooms
    assert (carried.room.name, carried.is_akin) == ("Ground floor", True)
    assert [text.text for text in carried.contributions] == ["Let us begin"]


def test_before_and_after_the_round_no_room_is_changed(event, round_, moderator):
    room = round_.rooms[0]
    form = opened(moderator, room)
    with transaction():
        event_actions.start_step(event, item(event, "Plenum"))
    answer = moderator.put(f"/rooms/{room.id}/settings", form | {"title": "Aula"})
    assert answer.status_code == 409
    assert moderator.get(f"/rooms/{room.id}/settings").status_code == 409
    assert f'href="/rooms/{room.id}/settings"' not in moderator.get(f"/e/{event.code}/cockpit").text
    assert holds(room) == ("Hall", None)


@pytest.mark.parametrize("who", ["participant", "host", "observer", "outsider"])
def test_only_who_leads_the_event_changes_its_rooms(round_, who, request):
    visitor = request.getfixturevalue(who)
    room = round_.rooms[0]
    assert visitor.get(f"/rooms/{room.id}/settings").status_code in (401, 403, 404)
    form = {"title": "Mine", "seats": "1", "was_title": "Hall", "was_seats": ""}
    answer = visitor.put(f"/rooms/{room.id}/settings", form)
    assert answer.status_code in (401, 403, 404)
    assert holds(room) == ("Hall", None)


def test_who_leads_another_event_changes_nothing_here(round_, other_event, appoint):
    stranger = appoint(other_event, Role.MODERATOR, "Milo Moderator")
    room = round_.rooms[0]
    form = {"title": "Mine", "was_title": "Hall", "was_seats": ""}
    answer = stranger.put(f"/rooms/{room.id}/settings", form)
    assert answer.status_code in (401, 403, 404)
    assert holds(room) == ("Hall", None)


@pytest.mark.postgresql
@pytest.mark.parametrize("database", ["postgresql"])
def test_two_at_the_same_moment_do_not_overwrite_each_other(app, event, round_):
    room_id = round_.rooms[0].id

    def calling_it(title):
        def do():
            with transaction():
                room = actions.hold_room(room_id)
                actions.change_room(room, Said(title, None), Said("Hall", None))

        return do

    refused = failures(together(app, *[calling_it(name) for name in ("Aula", "Barn", "Cave")]))
    assert [type(each) for each in refused] == [Conflict, Conflict]
    assert round_.rooms[0].title in ("Aula", "Barn", "Cave")


def test_the_settings_say_where_rooms_are_changed(event, round_, moderator):
    page = moderator.get(f"/e/{event.code}/items/{round_.item_id}").text
    assert "There you can also change the name and the seats of each room." in page
