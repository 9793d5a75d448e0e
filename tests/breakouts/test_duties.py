"""Somebody leads the talk of a room, somebody takes notes; both pass on when they are gone."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from app.breakouts import queries
from app.breakouts.actions.duties import fill
from app.breakouts.models import Duty, Part, Round
from app.breakouts.timekeeping import pass_duties_on
from app.database import locked, now, transaction
from app.events import actions as event_actions
from app.events.facts import ParticipantLeft
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce
from app.realtime import View
from tests.breakouts.plans import plan
from tests.breakouts.rounds import item, room_of, start, where


@pytest.fixture
def people(event, join):
    """Nine, so that three are in each room."""
    return [join(event, f"Person {number}") for number in range(9)]


@pytest.fixture
def mates(event, people):
    """Three in one room."""
    round_ = start(event, "Round 1")
    room = room_of(round_, people[0].person)
    return [each for each in people if room_of(round_, each.person).id == room.id]


@pytest.fixture
def room(event, mates):
    return room_of(queries.round_of(item(event, "Round 1")), mates[0].person)


def holder(room, part=Part.FACILITATOR):
    db.session.rollback()
    duty = queries.duty_of(room, part)
    return duty.participant_id if duty else None


def url(room, part="facilitator"):
    return f"/rooms/{room.id}/duties/{part}"


def leaves(event, person_id):
    with transaction() as session:
        session.get_one(Participant, person_id).present_until = None
        session.flush()
        announce(ParticipantLeft(event.id, person_id), event.channel)


def a_minute_passes():
    with transaction() as session:
        held = Duty.passes_at.is_not(None)
        past = now() - timedelta(seconds=1)
        session.execute(update(Duty).where(held).values(passes_at=past))
    pass_duties_on()


def test_one_takes_a_part_and_the_room_and_the_cockpit_see_it(event, mates, room, hear):
    inside, cockpit, own = hear(event, View.ROOM, source=room.channel), hear(event), hear(mates[0])
    cockpit = hear(event, View.COCKPIT)
    assert mates[0].post(url(room)).location == f"/rooms/{room.id}"
    name = mates[0].person.name
    assert holder(room) == mates[0].participant_id
    assert name in inside.html.split("Leads the talk")[1]
    assert f"Leads the talk: {name}" in cockpit.html
    duty = queries.duty_of(room, Part.FACILITATOR)
    assert f"duty-{duty.id}" in own.html
    assert "I take notes" in mates[1].get(f"/rooms/{room.id}").text


def test_what_somebody_has_nobody_takes_from_them(mates, room):
    mates[0].post(url(room))
    assert mates[1].post(url(room)).status_code == 403
    assert mates[1].delete(url(room)).status_code == 403
    assert holder(room) == mates[0].participant_id


def test_what_nobody_has_one_takes_for_oneself_alone(mates, moderator, room):
    for_another = {"to-facilitator": mates[1].participant_id}
    assert mates[0].post(url(room), for_another).status_code == 403
    assert holder(room) is None
    assert moderator.post(url(room), for_another).status_code == 303
    assert holder(room) == mates[1].participant_id


def test_it_is_handed_over_and_given_back(mates, room):
    mates[0].post(url(room))
    mates[0].post(url(room), {"to-facilitator": mates[1].participant_id})
    assert holder(room) == mates[1].participant_id
    mates[1].delete(url(room))
    assert holder(room) is None
    assert mates[2].post(url(room)).status_code == 303
    assert holder(room) == mates[2].participant_id


def test_moderators_hand_it_over_too(mates, moderator, room):
    mates[0].post(url(room))
    moderator.post(url(room), {"to-facilitator": mates[2].participant_id})
    assert holder(room) == mates[2].participant_id


def test_nobody_of_another_room_has_a_part_here(people, mates, moderator, host, outsider, room):
    stranger = next(each for each in people if each not in mates)
    assert stranger.post(url(room)).status_code == 404
    assert mates[0].post(url(room), {"to-facilitator": stranger.participant_id}).status_code == 409
    for visitor in (host, outsider):
        assert visitor.post(url(room)).status_code in (401, 403, 404)
    assert moderator.post(url(room)).status_code == 409  # who leads is in no room
    assert holder(room) is None
    assert mates[0].post(url(room, "jester")).status_code == 404
    assert mates[0].post(url(room), {"to-facilitator": "x"}).status_code == 422


def test_it_passes_on_when_its_holder_is_gone_for_a_minute(event, mates, room, hear):
    mates[0].post(url(room))
    mates[1].post(url(room, "notes"))
    inside = hear(event, View.ROOM, source=room.channel)
    leaves(event, mates[0].participant_id)
    pass_duties_on()
    assert holder(room) == mates[0].participant_id  # not at once
    a_minute_passes()
    assert holder(room) == mates[2].participant_id  # who has nothing else to do
    assert holder(room, Part.NOTES) == mates[1].participant_id
    assert mates[2].person.name in inside.html.split("Leads the talk")[-1]


def test_who_is_back_in_time_keeps_it(event, mates, room):
    mates[0].post(url(room))
    leaves(event, mates[0].participant_id)
    with transaction():
        event_actions.arrive(mates[0].participant_id)
    a_minute_passes()
    assert holder(room) == mates[0].participant_id


def test_where_nobody_is_left_it_waits_for_the_first_who_comes(event, mates, room):
    mates[0].post(url(room))
    for each in mates:
        leaves(event, each.participant_id)
    a_minute_passes()
    assert holder(room) == mates[0].participant_id
    with transaction():
        event_actions.arrive(mates[1].participant_id)
    pass_duties_on()
    assert holder(room) == mates[1].participant_id


def test_it_stays_in_the_room_when_its_holder_is_moved(event, mates, moderator, room):
    mates[0].post(url(room))
    other = next(each for each in room.round.rooms if each.id != room.id)
    moderator.post(f"/rooms/{other.id}/moves", {"person": mates[0].participant_id})
    assert holder(room) in {mates[1].participant_id, mates[2].participant_id}
    assert holder(other) is None


def test_the_agenda_may_have_parts_drawn_by_lot(event, people):
    step = item(event, "Round 1")
    with transaction():
        event_actions.change_item(step, settings={**step.settings, "duties": "lot"})
    round_ = start(event, "Round 1")
    inside = where(round_)
    for room in round_.rooms:
        facilitator, notes = holder(room), holder(room, Part.NOTES)
        assert facilitator != notes
        assert inside[facilitator] == inside[notes] == room.id


def test_however_many_rooms_there_are_drawing_asks_no_more(event, people, statements):
    asked = []
    for title, topics in (("Round 1", "One\nTwo"), ("Round 2", "One\nTwo\nThree\nFour")):
        round_ = plan(event, title, mode="automatic", topics=topics, duties="lot")
        start(event, title)
        db.session.execute(delete(Duty))
        db.session.commit()
        del statements[:]
        with transaction():
            fill(locked(Round, round_.id))
        asked.append(sum(each.startswith("SELECT") for each in statements))
        assert all(holder(room, part) for room in round_.rooms for part in Part)
    assert asked[0] == asked[1]


def test_unless_the_agenda_says_so_nobody_is_drawn(room):
    assert [holder(room, part) for part in Part] == [None, None]
