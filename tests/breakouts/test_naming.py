"""Who facilitates and who takes notes is named beforehand, and has the part as the rooms open."""

import io
import re

import pytest
from sqlalchemy import select

from app.breakouts import actions, queries
from app.breakouts.models import Bond, Nomination, Part, PlacedHow, Placement, PreparedPlace
from app.database import locked, now, transaction
from app.events import actions as event_actions
from app.events import merging, own_data, retention
from app.events.models import Participant
from app.extensions import db
from app.realtime import View
from tests.breakouts.plans import end_choosing, plan
from tests.breakouts.rounds import come, item, make_conference, room_of, sizes, start, where

LEADS, NOTES = Part.FACILITATOR, Part.NOTES


@pytest.fixture
def people(event):
    """Nine, so that three are in each room."""
    return come(event, 9)


def name(round_, person, part=LEADS, number=None):
    with transaction():
        actions.name_for(locked(type(round_), round_.id), [person], part, number)


def holders(round_, part=LEADS):
    """Who has a part, by the numbers of the rooms."""
    db.session.rollback()
    duties = queries.duties_in([room.id for room in round_.rooms])
    return {duty.room.number: duty.participant_id for duty in duties if duty.part is part}


def goes(person):
    with transaction():
        db.session.get_one(Participant, person.id).present_until = now()


def comes(person):
    with transaction():
        event_actions.arrive(person.id)


@pytest.mark.parametrize("mode", ["automatic", "manual"])
def test_as_many_as_there_are_rooms_lead_one_each_and_so_with_notes(event, people, mode):
    round_ = plan(event, mode=mode)
    for person in people[:3]:
        name(round_, person)
    for person in people[3:6]:
        name(round_, person, NOTES)
    start(event, "Round 1")
    assert sorted(holders(round_).values()) == [person.id for person in people[:3]]
    assert sorted(holders(round_, NOTES).values()) == [person.id for person in people[3:6]]
    inside = where(round_)
    for part in Part:
        for number, id in holders(round_, part).items():
            assert inside[id] == round_.rooms[number - 1].id


@pytest.mark.parametrize("mode", ["automatic", "manual"])
def test_more_than_there_are_rooms_are_spread_evenly_and_one_of_a_room_has_the_part(
    event, people, mode
):
    round_ = plan(event, mode=mode)
    for person in people[:5]:
        name(round_, person)
    start(event, "Round 1")
    inside = where(round_)
    led = [inside[person.id] for person in people[:5]]
    assert sorted(led.count(room.id) for room in round_.rooms) == [1, 2, 2]
    assert set(holders(round_)) == {1, 2, 3}
    assert set(holders(round_).values()) <= {person.id for person in people[:5]}


@pytest.mark.parametrize("mode", ["automatic", "manual", "self_select", "wishes"])
def test_who_is_named_for_a_room_is_there(event, people, mode):
    round_ = plan(event, mode=mode)
    name(round_, people[4], LEADS, 2)
    name(round_, people[7], NOTES, 2)
    name(round_, people[8], LEADS, 3)
    start(event, "Round 1")
    assert [room_of(round_, people[at]).number for at in (4, 7, 8)] == [2, 2, 3]
    placed = db.session.get_one(Placement, (round_.id, people[4].id))
    assert placed.how is PlacedHow.PREPARED
    if mode in ("self_select", "wishes"):
        assert holders(round_) == {}  # not before people talk
        end_choosing(round_)
    assert holders(round_) == {2: people[4].id, 3: people[8].id}
    assert holders(round_, NOTES) == {2: people[7].id}


def test_who_has_not_chosen_goes_where_nobody_is_named_for_their_part(event, people):
    round_ = plan(event, mode="self_select")
    for person in people[:3]:
        name(round_, person)
    start(event, "Round 1")
    first = round_.rooms[0]
    with transaction():
        actions.choose(locked(type(round_), round_.id), people[0], first)
    end_choosing(round_)
    assert holders(round_)[1] == people[0].id
    assert sorted(holders(round_).values()) == [person.id for person in people[:3]]


def test_in_rooms_of_a_municipality_who_is_named_leads_at_home_and_its_parts_have_one_each(
    event, municipality
):
    here, there = municipality("Auental"), municipality("Bergheim")
    many, few = come(event, 8, here), come(event, 4, there)
    round_ = plan(event, mode="municipality", capacity="4")
    for person in (*many[:2], few[0]):
        name(round_, person)
    start(event, "Round 1")
    assert len(round_.rooms) == 3
    assert sorted(holders(round_).values()) == sorted(p.id for p in (*many[:2], few[0]))


def test_nobody_is_named_for_a_room_that_depends_on_who_comes(event, people, moderator):
    round_ = plan(event, mode="municipality")
    form = {"person": people[0].id, "part": "notes", "room": "1"}
    assert moderator.post(f"/rounds/{round_.id}/nominations", form).status_code == 422
    assert queries.nominations_in(round_) == []


def test_who_is_named_and_comes_late_goes_where_a_part_is_free_and_has_it(event, people):
    round_ = plan(event, mode="automatic")
    late, named = come(event, 2)
    for person in (named, late):
        name(round_, person)
    goes(late)
    start(event, "Round 1")
    ((led, holder),) = holders(round_).items()
    assert holder == named.id
    comes(late)
    assert room_of(round_, late).number != led
    assert holders(round_)[room_of(round_, late).number] == late.id


def test_who_comes_late_takes_nothing_from_anybody(event, people):
    round_ = plan(event, mode="automatic", topics="One")
    (late,) = come(event)
    name(round_, late)
    goes(late)
    start(event, "Round 1")
    (room,) = round_.rooms
    with transaction():
        actions.appoint(actions.hold_room(room.id), LEADS, people[2], by=people[2])
    comes(late)
    assert holders(round_) == {1: people[2].id}


def test_who_was_named_for_a_room_and_comes_late_goes_there(event, people):
    round_ = plan(event, mode="automatic")
    (late,) = come(event)
    name(round_, late, NOTES, 3)
    goes(late)
    start(event, "Round 1")
    comes(late)
    assert holders(round_, NOTES) == {3: late.id}


def test_what_was_given_back_is_nobodys_until_somebody_takes_it(event, people):
    round_ = plan(event, mode="automatic", topics="One", facilitator="lot")
    (late,) = come(event)
    goes(late)
    name(round_, people[0])
    start(event, "Round 1")
    assert holders(round_) == {1: people[0].id}
    with transaction():
        actions.give_back(actions.hold_room(round_.rooms[0].id), LEADS, by=people[0])
    comes(late)
    assert holders(round_) == {}


def test_who_was_away_when_the_talk_began_leads_it_from_when_they_are_back(event, people):
    round_ = plan(event, mode="self_select")
    name(round_, people[0])
    start(event, "Round 1")
    goes(people[0])
    end_choosing(round_)
    assert holders(round_) == {}
    comes(people[0])
    assert holders(round_) == {room_of(round_, people[0]).number: people[0].id}


@pytest.mark.parametrize("heir", [None, 1])
def test_who_gave_up_what_they_were_named_for_is_not_asked_as_they_come_back(event, people, heir):
    round_ = plan(event, mode="automatic", topics="One")
    name(round_, people[0])
    start(event, "Round 1")
    held = lambda: actions.hold_room(round_.rooms[0].id)  # noqa: E731
    with transaction():
        if heir is not None:
            actions.appoint(held(), LEADS, people[heir], by=people[0])
        actions.give_back(held(), LEADS, by=people[heir or 0])
    goes(people[0])
    comes(people[0])
    assert holders(round_) == {}


@pytest.mark.parametrize("mode", ["automatic", "self_select"])
def test_being_kept_apart_goes_before_being_where_nobody_leads(event, mode):
    leader, foe, named = come(event, 3)
    round_ = plan(event, mode=mode, topics="One\nTwo")
    for person in (leader, named):
        name(round_, person)
    with transaction():
        actions.bind(locked(type(round_), round_.id), foe, named, Bond.APART, everywhere=True)
    goes(named)
    start(event, "Round 1")
    if mode == "self_select":
        with transaction():
            for person, room in zip((leader, foe), round_.rooms, strict=True):
                actions.choose(locked(type(round_), round_.id), person, room)
        comes(named)
        end_choosing(round_)
    comes(named)
    assert room_of(round_, leader).id == room_of(round_, named).id != room_of(round_, foe).id


def test_who_is_named_sits_where_a_seat_is_free(event, people):
    round_ = plan(event, mode="manual", topics="One\nTwo", capacity="2")
    for person in people[4:]:
        goes(person)
    with transaction():
        actions.prepare(locked(type(round_), round_.id), {people[0].id: 1, people[1].id: 1})
    for person in people[2:4]:
        name(round_, person)
    start(event, "Round 1")
    assert sizes(round_) == [2, 2]


def test_where_nobody_is_named_somebody_present_is_asked_if_the_plan_says_so(event, people):
    round_ = plan(event, mode="automatic", facilitator="lot")
    name(round_, people[0])
    start(event, "Round 1")
    led, inside = holders(round_), where(round_)
    assert set(led) == {1, 2, 3}
    assert led[room_of(round_, people[0]).number] == people[0].id
    assert all(inside[id] == round_.rooms[number - 1].id for number, id in led.items())
    assert holders(round_, NOTES) == {}


def test_the_answer_to_what_was_one_question_holds_for_both_parts(event, people, moderator):
    round_ = plan(event, mode="automatic", duties="lot")
    page = moderator.get(f"/e/{event.code}/items/{round_.item_id}").text
    assert page.count('<option value="lot" selected') == 2
    start(event, "Round 1")
    assert set(holders(round_)) == set(holders(round_, NOTES)) == {1, 2, 3}


def test_who_is_moved_into_another_room_has_the_part_there_if_it_is_free(event, people):
    round_ = plan(event, mode="automatic")
    name(round_, people[0], LEADS, 1)
    start(event, "Round 1")
    with transaction():
        held = locked(type(round_), round_.id)
        actions.move(held, people[0], held.rooms[1])
    assert holders(round_)[2] == people[0].id


def test_moderators_name_people_and_take_it_back(event, people, moderator):
    round_ = plan(event, mode="automatic")
    url = f"/rounds/{round_.id}/nominations"
    form = {"person": people[0].id, "part": "facilitator", "room": "2"}
    answer = moderator.post(url, form)
    assert answer.location == f"/rounds/{round_.id}/places#named-title"
    page = moderator.get(answer.location).text
    assert "Leads the talk · 2 · Political anchoring" in page
    moderator.post(url, {**form, "part": "notes", "room": ""})
    ((nomination, number),) = queries.nominations_in(round_)
    assert (nomination.part, number) == (NOTES, None)
    assert "1 take notes" in moderator.get(f"/e/{event.code}/rounds").text
    assert moderator.delete(f"{url}/{people[0].id}").status_code == 303
    assert queries.nominations_in(round_) == []
    assert db.session.scalars(select(PreparedPlace)).all() == []


def test_what_is_prepared_by_hand_stays_when_somebody_is_named_and_when_not_any_more(
    event, people, moderator
):
    round_ = plan(event, mode="manual")
    moderator.put(f"/rounds/{round_.id}/places", {f"place-{people[0].id}": "3"})
    url = f"/rounds/{round_.id}/nominations"
    moderator.post(url, {"person": people[0].id, "part": "facilitator", "room": ""})
    assert queries.prepared_in(round_) == {people[0].id: 3}
    moderator.delete(f"{url}/{people[0].id}")
    assert queries.prepared_in(round_) == {people[0].id: 3}


def test_only_moderators_name_anybody(event, people, participant, host, outsider, moderator):
    round_ = plan(event, mode="automatic")
    url = f"/rounds/{round_.id}/nominations"
    form = {"person": people[0].id, "part": "facilitator"}
    name(round_, people[1])
    for visitor in (participant, host, outsider):
        assert visitor.post(url, form).status_code in (401, 403, 404)
        assert visitor.delete(f"{url}/{people[1].id}").status_code in (401, 403, 404)
        assert visitor.get(f"/rounds/{round_.id}/places").status_code in (401, 403, 404)
    assert queries.named_in(round_) == {people[1].id: LEADS}


def test_nobody_is_named_who_is_in_no_room_or_for_what_there_is_not(event, people, moderator, host):
    round_ = plan(event, mode="automatic")
    stranger = come(make_conference())[0]
    url, person = f"/rounds/{round_.id}/nominations", people[0].id
    for form, status in (
        ({"person": stranger.id, "part": "notes"}, 404),
        ({"person": host.participant_id, "part": "notes"}, 409),
        ({"person": 999999, "part": "notes"}, 404),
        ({"person": "", "part": "notes"}, 422),
        ({"person": "x", "part": "notes"}, 422),
        ({"person": person, "part": "jester"}, 422),
        ({"person": person, "part": "notes", "room": "4"}, 422),
        ({"person": person, "part": "notes", "room": "-1"}, 422),
    ):
        assert moderator.post(url, form).status_code == status
    start(event, "Round 1")
    assert moderator.post(url, {"person": person, "part": "notes"}).status_code == 409
    assert moderator.delete(f"{url}/{person}").status_code == 409
    assert queries.named_in(round_) == {}


def test_the_preview_says_who_will_lead_and_who_will_take_notes(event, moderator, join):
    round_ = plan(event, mode="automatic")
    for number in range(9):
        join(event, f"Guest-{number}-")
    people = queries.participants_in(event.id)
    for person in people[:3]:
        name(round_, person)
    name(round_, people[4], NOTES)
    rooms = moderator.get(f"/rounds/{round_.id}/preview").text.split("room-row")[1:]
    said = [
        set(re.findall(r"(Leads the talk|Takes notes): <strong>(.*?)<", room)) for room in rooms
    ]
    start(event, "Round 1")
    names = {person.id: person.name for person in people}
    for number, words in enumerate(said, 1):
        does = {("Leads the talk", names[holders(round_)[number]])}
        if number in holders(round_, NOTES):
            does.add(("Takes notes", names[people[4].id]))
        assert words == does


def test_the_room_and_the_cockpit_hear_who_has_a_part_as_the_rooms_open(event, people, hear):
    round_ = plan(event, mode="automatic")
    name(round_, people[0], LEADS, 1)
    cockpit, own = hear(event, View.COCKPIT), hear(people[0])
    start(event, "Round 1")
    assert f"Leads the talk: {people[0].name}" in cockpit.html
    duty = queries.duty_of(round_.rooms[0], LEADS)
    assert f"duty-{duty.id}" in own.html


def test_a_list_says_who_leads_and_who_takes_notes(event, moderator, join):
    round_ = plan(event, mode="manual")
    one, two, three = (join(event, name_) for name_ in ("One", "Two", "Three"))
    text = "name;Raum;Rolle\nOne;1;Moderation\nTwo;1;Protokoll\nThree;2;\n"
    form = {"list": (io.BytesIO(text.encode()), "places.csv")}
    url = f"/rounds/{round_.id}/places/list"
    assert moderator.post(url, form, content_type="multipart/form-data").status_code == 303
    assert queries.named_in(round_) == {one.participant_id: LEADS, two.participant_id: NOTES}
    wrong = {"list": (io.BytesIO(b"name,room,part\nThree,1,jester\n"), "places.csv")}
    answer = moderator.post(url, wrong, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "There is no role “jester”" in answer.text
    assert three.participant_id not in queries.named_in(round_)


def test_what_a_guest_was_named_for_the_member_is(event):
    round_ = plan(event, mode="automatic")
    guest, member, other, known = come(event, 4)
    name(round_, guest, NOTES)
    for person, part in ((other, NOTES), (known, LEADS)):
        name(round_, person, part)
    with transaction():
        merging.merge(guest, member)
        merging.merge(other, known)
    assert queries.named_in(round_) == {member.id: NOTES, known.id: LEADS}


def test_one_takes_along_what_one_was_named_for_and_it_ends_with_the_personal_data(event):
    round_ = plan(event, mode="automatic")
    first, second = come(event, 2)
    for person in (first, second):
        name(round_, person)
    exported = own_data.export(first)["parts_in_rounds"]
    title = item(event, "Round 1").title
    assert exported == [{"round": title, "part": "facilitator", "declined": False}]
    with transaction():
        own_data.delete(first)
    assert queries.named_in(round_) == {second.id: LEADS}
    with transaction():
        event.retention_months = 0
        event.created_at = event.created_at.replace(year=2020)
    retention.forget_guests()
    assert db.session.scalars(select(Nomination)).all() == []


def test_names_do_not_go_along_into_another_event_but_the_question_does(event):
    round_ = plan(event, mode="automatic", facilitator="lot")
    name(round_, come(event)[0])
    with transaction():
        copy = event_actions.event_from(event, "Next year")
    copied = queries.rounds_in(copy.id)[0]
    assert queries.named_in(copied) == {}
    assert copied.item.settings["facilitator"] == "lot"
