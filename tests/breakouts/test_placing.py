"""Who is in which room: evenly and once, also who comes later, is moved, or changes their role."""

import pytest

from app.breakouts.facts import PlacementChanged
from app.breakouts.models import PlacedHow, Placement
from app.breakouts.timekeeping import place_strays
from app.database import locked, transaction
from app.events import actions as event_actions
from app.events.models import Participant
from app.extensions import db
from app.permissions import Role
from app.realtime import View
from tests.breakouts.rounds import come, room_of, sizes, start, where


def change(person, **changes):
    with transaction():
        event_actions.change_person(locked(Participant, person.id), **changes)


def how(round_, person):
    return db.session.get_one(Placement, (round_.id, person.id)).how


def test_everybody_present_is_in_one_room_and_sizes_differ_by_one_at_most(event):
    people = come(event, 11)
    round_ = start(event, "Round 1")
    assert set(where(round_)) == {person.id for person in people}
    assert sorted(sizes(round_)) == [3, 4, 4]


def test_municipalities_are_mixed(event, municipality):
    north, south = municipality("Nord"), municipality("Süd")
    people = come(event, 3, north) + come(event, 3, south)
    round_ = start(event, "Round 1")
    inside = where(round_)
    for town in (north, south):
        rooms = [inside[p.id] for p in people if p.municipality_id == town.id]
        assert len(set(rooms)) == 3


def test_moderators_hosts_and_observers_stay_out(event, moderator, host, observer):
    round_ = start(event, "Round 1")
    assert where(round_) == {}


def test_who_comes_later_is_placed_in_the_smallest_room(event):
    come(event, 4)
    round_ = start(event, "Round 1")
    (late,) = come(event)
    assert sorted(sizes(round_)) == [1, 2, 2]
    come(event)
    assert sizes(round_) == [2, 2, 2]
    assert how(round_, late) is PlacedHow.LATE


def test_who_joins_by_the_page_is_led_straight_into_a_room(event, join):
    round_ = start(event, "Round 1")
    visitor = join(event)
    room = where(round_)[visitor.participant_id]
    page = visitor.browser.get(f"/e/{event.code}", follow_redirects=True)
    assert page.request.path == f"/rooms/{room}"
    assert "You are in room" in page.text


def test_who_comes_back_keeps_their_room(event, announced):
    people = come(event, 6)
    round_ = start(event, "Round 1")
    before = where(round_)
    with transaction():
        locked(Participant, people[0].id).present_until = None
    come(event, 3)
    with transaction():
        event_actions.arrive(people[0].id)
    assert where(round_)[people[0].id] == before[people[0].id]
    moves = [f for f in announced(people[0].channel) if isinstance(f, PlacementChanged)]
    assert moves == []


def test_who_was_away_at_the_start_is_placed_on_return(event):
    (person,) = come(event)
    with transaction():
        locked(Participant, person.id).present_until = None
    round_ = start(event, "Round 1")
    assert where(round_) == {}
    with transaction():
        event_actions.arrive(person.id)
    assert where(round_)[person.id] is not None


def test_nobody_meets_the_same_people_twice_if_it_can_be_helped(event):
    people = come(event, 9)
    first = start(event, "Round 1")
    with transaction():
        event_actions.add_item(event, "breakout", "Again", settings={"mode": "automatic"})
    second = start(event, "Again")
    one, two = where(first), where(second)
    pairs = [(a.id, b.id) for a in people for b in people if a.id < b.id]
    assert not [p for p in pairs if one[p[0]] == one[p[1]] and two[p[0]] == two[p[1]]]


def test_a_moderator_moves_somebody_and_their_page_follows(event, moderator, participant, hear):
    come(event, 5)
    round_ = start(event, "Round 1")
    old = room_of(round_, participant.person)
    new = next(room for room in round_.rooms if room.id != old.id)
    own = hear(participant)
    there = hear(event, View.ROOM, source=new.channel)
    form = {"person": participant.participant_id}
    assert moderator.post(f"/rooms/{new.id}/moves", form).status_code == 303
    assert where(round_)[participant.participant_id] == new.id
    assert f'href="/rounds/{round_.id}/room?after=move"' in own.html
    assert "Paula Participant" in there.html
    assert participant.get(f"/rooms/{old.id}").location == f"/rounds/{round_.id}/room"
    assert how(round_, participant.person) is PlacedHow.MOVED


def test_who_was_moved_hears_the_old_room_no_more(event, moderator, participant, hear):
    round_ = start(event, "Round 1")
    old = room_of(round_, participant.person)
    new = next(room for room in round_.rooms if room.id != old.id)
    own = hear(participant)
    own.socket.entered = [f"{old.channel}|room|en", f"event:{event.code}|hall|en"]
    form = {"person": participant.participant_id}
    moderator.post(f"/rooms/{new.id}/moves", form)
    own.listen()
    assert own.socket.entered == [f"event:{event.code}|hall|en"]
    assert participant.audience(new.channel).view is View.ROOM


def test_moving_somebody_twice_moves_them_once(event, moderator, participant, announced):
    round_ = start(event, "Round 1")
    old = room_of(round_, participant.person)
    new = next(room for room in round_.rooms if room.id != old.id)
    form = {"person": participant.participant_id}
    for _time in range(2):
        assert moderator.post(f"/rooms/{new.id}/moves", form).status_code == 303
    moves = [f for f in announced(new.channel) if isinstance(f, PlacementChanged)]
    assert len(moves) == 1


def test_nobody_is_moved_across_events_or_out_of_their_role(
    event, moderator, host, participant, outsider
):
    round_ = start(event, "Round 1")
    new = round_.rooms[1]
    for person, status in ((outsider, 404), (host, 409), (moderator, 409)):
        form = {"person": person.participant_id}
        assert moderator.post(f"/rooms/{new.id}/moves", form).status_code == status
    assert set(where(round_)) == {participant.participant_id}


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.HOST, Role.OBSERVER])
def test_who_is_no_longer_a_participant_leaves_the_room_and_comes_back_into_one(event, role):
    person, *_others = come(event, 4)
    round_ = start(event, "Round 1")
    change(person, role=role)
    assert person.id not in where(round_)
    change(person, role=Role.PARTICIPANT)
    assert where(round_)[person.id] is not None


def test_who_is_away_loses_the_place_with_the_role_but_gets_none(event):
    person, other = come(event, 2)
    round_ = start(event, "Round 1")
    with transaction():
        locked(Participant, person.id).present_until = None
    change(person, role=Role.OBSERVER)
    assert set(where(round_)) == {other.id}
    change(person, role=Role.PARTICIPANT)
    assert set(where(round_)) == {other.id}


def test_who_changed_roles_while_the_round_was_over_is_out_when_it_opens_again(event, moderator):
    person, other = come(event, 2)
    round_ = start(event, "Round 1")
    moderator.delete(f"/rounds/{round_.id}/opening")
    change(person, role=Role.HOST)
    moderator.post(f"/rounds/{round_.id}/opening")
    assert set(where(round_)) == {other.id}


def test_who_is_removed_leaves_the_room(event, hear):
    person, _other = come(event, 2)
    round_ = start(event, "Round 1")
    room = room_of(round_, person)
    ear = hear(event, View.ROOM, source=room.channel)
    with transaction():
        event_actions.remove_person(locked(Participant, person.id))
    assert person.id not in where(round_)
    assert "Nobody is in this room yet." in ear.html


def test_a_stray_is_found_and_placed(event):
    (person,) = come(event, role=Role.OBSERVER)
    round_ = start(event, "Round 1")
    with transaction():
        locked(Participant, person.id).role = Role.PARTICIPANT
    place_strays()
    assert where(round_)[person.id] is not None
    before = where(round_)
    place_strays()
    assert where(round_) == before


def test_the_room_sees_who_goes_and_comes(event, hear):
    person, *_others = come(event, 3)
    round_ = start(event, "Round 1")
    ear = hear(event, View.ROOM, source=room_of(round_, person).channel)
    change(person, name="Renamed Person")
    assert "Renamed Person" in ear.html
