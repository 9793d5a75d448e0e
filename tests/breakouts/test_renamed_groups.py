"""A group that is called otherwise has no topic by that; a name that stays is nobody's rename."""

import re

import pytest
from flask_babel import force_locale

from app.breakouts import actions, queries
from app.breakouts.actions.seating import Said
from app.breakouts.facts import RoomRenamed
from app.breakouts.models import Room
from app.database import transaction
from app.extensions import db
from app.livepolls.models import Aspect
from tests.breakouts.plans import plan
from tests.breakouts.rounds import come, room_of, start, where
from tests.factories import look_again


@pytest.fixture
def no_topics(event):
    """No aspect is chosen, so that rooms have no topics."""
    with transaction() as session:
        for aspect in session.query(Aspect):
            aspect.chosen = False


def call(room, title, seats=None):
    with transaction():
        held = actions.hold_room(room.id)
        actions.change_room(held, Said(title, seats), Said.of(held))
    look_again()


def send(visitor, room, **said):
    return visitor.put(f"/rooms/{room.id}/settings", said)


def test_who_was_in_a_group_may_choose_another_of_the_same_name(event, participant, no_topics):
    come(event, 3)
    plan(event, "Round 1", mode="automatic", rooms="2")
    first = start(event, "Round 1")
    call(room_of(first, participant.person), "Ratssaal")
    plan(event, "Round 2", mode="self_select", rooms="2")
    second = start(event, "Round 2")
    hall = second.rooms[0]
    call(hall, "Ratssaal")
    me = participant.participant_id
    assert queries.excluded_rooms(second, {me}) == {}
    assert participant.post(f"/rounds/{second.id}/me", {"room": hall.id}).status_code == 303
    assert where(second)[me] == hall.id


def test_what_was_written_in_a_renamed_group_is_found_later(event, participant, no_topics):
    come(event, 3)
    plan(event, "Round 1", mode="automatic", rooms="2")
    mine = room_of(start(event, "Round 1"), participant.person)
    with transaction():
        actions.write_contribution(mine, participant.person, "impulse", "Let us begin", "key")
    call(mine, "Ratssaal")
    plan(event, "Round 2", mode="automatic", topics="A\nB", carry_in="everything")
    again = room_of(start(event, "Round 2"), participant.person)
    (carried,) = queries.carried_into(again).rooms
    assert [text.text for text in carried.contributions] == ["Let us begin"]


def test_a_group_that_is_called_by_its_number_again_has_no_name(event, moderator, no_topics):
    come(event, 4)
    plan(event, "Round 1", mode="automatic", rooms="2")
    room = start(event, "Round 1").rooms[0]
    call(room, "Blue")
    assert (room.title, room.topic, room.first_title) == ("Blue", "", "")
    form = {"title": "Group 1", "was_title": "Blue", "seats": "", "was_seats": ""}
    assert send(moderator, room, **form).status_code == 303
    look_again()
    assert (room.title, room.topic) == ("", "")
    send(moderator, room, **form | {"title": "Green", "was_title": "Group 1"})
    look_again()
    assert (room.title, room.topic) == ("Green", "")


def test_the_form_of_a_group_is_the_same_in_every_language(event, moderator, no_topics):
    come(event, 4)
    plan(event, "Round 1", mode="automatic", rooms="2")
    room = start(event, "Round 1").rooms[0]
    with force_locale("de"):
        german = room.name
    page = moderator.get(f"/rooms/{room.id}/settings").text
    fields = re.findall(r'<input[^>]+name="(?:was_)?title"[^>]*>', page)
    assert len(fields) == 2
    assert not any('value="' + name in each for name in ("Group", german) for each in fields)
    assert any('placeholder="Group 1"' in each for each in fields)
    assert send(moderator, room, title="", was_title="", seats="5", was_seats="").status_code == 303
    look_again()
    assert (room.title, room.capacity) == ("", 5)


def test_seats_alone_leave_a_name_as_it_is_however_it_is_written(
    event, moderator, municipality, announced
):
    for number in range(2):
        come(event, 1, municipality(f"Municipality  {number} with a long name " + "x" * 60))
    plan(event, "Round 3", mode="municipality")
    room = start(event, "Round 3").rooms[0]
    title = room.title
    assert len(title) > 120
    assert "  " in title
    answer = send(moderator, room, title=title, was_title=title, seats="5", was_seats="")
    assert answer.status_code == 303
    look_again()
    assert (room.title, room.capacity, room.first_title) == (title, 5, None)
    assert not [fact for fact in announced(room.channel) if isinstance(fact, RoomRenamed)]


def test_late_comers_do_not_change_a_name_that_moderators_chose(event, municipality):
    come(event, 4, municipality("Altdorf"))
    plan(event, "Round 3", mode="municipality")
    room = start(event, "Round 3").rooms[0]
    call(room, "Veranda")
    neustadt = municipality("Neustadt")
    (late,) = come(event, 1, neustadt)
    look_again()
    assert where(room.round)[late.id] == room.id
    assert (room.title, room.is_merged) == ("Veranda", True)
    assert neustadt.id in room.municipality_ids


def test_a_form_with_a_mistake_is_refused_like_any_other_once_the_round_is_over(event, moderator):
    come(event, 4)
    room = start(event, "Round 1").rooms[0]
    start(event, "Plenum")
    assert send(moderator, room, title="", was_title=room.title, seats="many").status_code == 409
    assert db.session.get_one(Room, room.id).capacity is None
