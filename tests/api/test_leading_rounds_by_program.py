"""Rounds that a program leads: their time, messages, calls for help, and who does what."""

from datetime import datetime

import pytest

from app.breakouts.facts import DutiesChanged, HelpChanged, RoomExtended, RoomMessageSent
from app.breakouts.models import Round
from app.database import transaction
from app.events import actions
from app.extensions import db

MESSAGE = {"text": "Two more minutes", "key": "1"}


@pytest.fixture
def planned(event):
    """A round of two rooms that has not begun; returns the ids of its step and of itself."""
    with transaction() as session:
        settings = {"mode": "automatic", "topics": "Transfer\nMaterial"}
        item = actions.add_item(event, "breakout", "Round", minutes=15, settings=settings)
        session.flush()
        round_ = session.query(Round).filter_by(item_id=item.id).one()
        return item.id, round_.id


@pytest.fixture
def people(event, enter):
    return [enter(event, name) for name in ("Ada", "Ben", "Cem", "Dov")]


@pytest.fixture
def round_(event, planned, people, leader):
    """The id of that round, which has begun."""
    step, id = planned
    assert leader.put(f"/events/{event.code}/step", {"step": step}).status_code == 200
    return id


@pytest.fixture
def rooms(round_, leader):
    """Its rooms, as a leader reads them."""
    return leader.get(f"/rounds/{round_}/rooms").json["rooms"]


def callers_in(room, people):
    ids = {person["id"] for person in room["people"]}
    return [caller for caller in people if caller.person.id in ids]


def until(answer, room=None):
    rooms = {each["id"]: each for each in answer.json["rooms"]}
    return datetime.fromisoformat((rooms[room] if room else answer.json)["deadline"])


def test_all_rooms_have_more_time_or_less(round_, leader):
    before = until(leader.get(f"/rounds/{round_}"))
    longer = leader.post(f"/rounds/{round_}/extension", {"minutes": 5})
    assert (until(longer) - before).total_seconds() == 300
    shorter = leader.post(f"/rounds/{round_}/shortening", {"minutes": 2})
    assert (until(shorter) - before).total_seconds() == 180
    last = leader.post(f"/rounds/{round_}/last-minute")
    assert until(last) < before


def test_one_room_has_a_time_of_its_own(round_, rooms, leader, announced):
    one, other = (room["room"]["id"] for room in rooms)
    before = until(leader.get(f"/rounds/{round_}"), one)
    answer = leader.post(f"/rooms/{one}/extension", {"minutes": 5})
    assert (until(answer, one) - before).total_seconds() == 300
    assert until(answer, other) == before
    assert RoomExtended(round_, one) in announced(f"room:{one}")
    shorter = leader.post(f"/rooms/{one}/shortening", {"minutes": 5})
    assert until(shorter, one) == before
    assert until(leader.post(f"/rooms/{other}/last-minute"), other) < before


@pytest.mark.parametrize("minutes", [0, 61, -1, "2", None])
def test_no_more_than_an_hour_is_given_at_once(round_, leader, minutes):
    answer = leader.post(f"/rounds/{round_}/extension", {"minutes": minutes})
    assert (answer.status_code, answer.json["field"]) == (422, "minutes")


def test_something_is_said_to_all_rooms_or_to_one_and_once(
    round_, rooms, people, leader, announced
):
    one, other = rooms
    said = leader.post(f"/rounds/{round_}/messages", MESSAGE)
    assert (said.status_code, said.json["room"]) == (201, None)
    assert leader.post(f"/rounds/{round_}/messages", MESSAGE).status_code == 200
    to_one = {"text": "Louder", "key": "2", "room": one["room"]["id"]}
    assert leader.post(f"/rounds/{round_}/messages", to_one).status_code == 201
    assert leader.post(f"/rounds/{round_}/messages", {**to_one, "room": None}).status_code == 409
    for room, texts in ((one, ["Louder", MESSAGE["text"]]), (other, [MESSAGE["text"]])):
        inside = callers_in(room, people)[0]
        answer = inside.get(f"/rooms/{room['room']['id']}/messages")
        assert [each["text"] for each in answer.json["messages"]] == texts
    all_of_them = leader.get(f"/rounds/{round_}/messages").json["messages"]
    assert [each["text"] for each in all_of_them] == ["Louder", MESSAGE["text"]]
    heard = announced(f"room:{one['room']['id']}")
    assert sum(isinstance(fact, RoomMessageSent) for fact in heard) == 2


def test_nothing_is_said_to_a_room_of_another_round_nor_before_it_begins(
    event, planned, people, leader
):
    _, id = planned
    assert leader.post(f"/rounds/{id}/messages", MESSAGE).status_code == 409
    assert leader.post(f"/rounds/{id}/messages", {**MESSAGE, "room": 999999}).status_code == 404


def test_a_call_for_help_is_read_answered_and_ended(round_, rooms, people, leader, announced):
    room = rooms[0]["room"]["id"]
    inside = callers_in(rooms[0], people)[0]
    assert rooms[0]["help"] is None
    asked = inside.post(f"/rooms/{room}/help").json["help"]
    assert asked["answered_by"] is None
    assert leader.get(f"/rounds/{round_}/rooms").json["rooms"][0]["help"] == asked
    answered = leader.post(f"/rooms/{room}/help/answer").json["help"]
    assert answered["answered_by"] == leader.person.id
    assert inside.get(f"/rooms/{room}").json["help"] == answered
    assert inside.delete(f"/rooms/{room}/help").json["help"] is None
    assert HelpChanged(round_, room) in announced(f"room:{room}")


def test_parts_are_taken_handed_over_and_given_back(rooms, people, leader, announced):
    room = rooms[0]["room"]["id"]
    one, other = callers_in(rooms[0], people)
    taken = one.put(f"/rooms/{room}/duties/facilitator", {})
    assert (taken.json["facilitator"], taken.json["notes"]) == (one.person.id, None)
    assert other.put(f"/rooms/{room}/duties/facilitator", {}).status_code == 403
    to_other = {"participant": other.person.id}
    assert one.put(f"/rooms/{room}/duties/facilitator", to_other).json["facilitator"] == (
        other.person.id
    )
    by_leader = leader.put(f"/rooms/{room}/duties/notes", {"participant": one.person.id})
    assert by_leader.json["notes"] == one.person.id
    assert other.delete(f"/rooms/{room}/duties/facilitator").json["facilitator"] is None
    assert one.put(f"/rooms/{room}/duties/jester", {}).status_code == 404
    assert leader.put(f"/rooms/{room}/duties/notes", {}).status_code == 409  # is in no room
    assert DutiesChanged(room) in announced(f"room:{room}")


def test_people_are_named_before_a_round_and_lead_as_it_begins(event, planned, people, leader):
    step, id = planned
    ada, ben = (caller.person.id for caller in people[:2])
    url = f"/rounds/{id}/nominations"
    leader.put(f"{url}/{ada}", {"part": "facilitator", "number": 2})
    named = leader.put(f"{url}/{ben}", {"part": "facilitator"}).json["named"]
    assert [(each["person"]["id"], each["part"], each["number"]) for each in named] == [
        (ada, "facilitator", 2),
        (ben, "facilitator", None),
    ]
    shown = leader.get(f"/rounds/{id}/preview").json["rooms"]
    assert [room["facilitator"] for room in shown] == [ben, ada]
    leader.put(f"/events/{event.code}/step", {"step": step})
    rooms = leader.get(f"/rounds/{id}/rooms").json["rooms"]
    assert [room["facilitator"] for room in rooms] == [ben, ada]
    assert leader.put(f"{url}/{ben}", {"part": "notes"}).status_code == 409


def test_who_was_named_is_not_any_more(planned, people, leader):
    _, id = planned
    url = f"/rounds/{id}/nominations"
    leader.put(f"{url}/{people[0].person.id}", {"part": "notes", "number": 1})
    assert leader.delete(f"{url}/{people[0].person.id}").json == {"named": []}
    assert leader.get(url).json == {"named": []}
    too_far = leader.put(f"{url}/{people[0].person.id}", {"part": "notes", "number": 3})
    assert too_far.status_code == 422
    assert leader.put(f"{url}/{people[0].person.id}", {"part": "jester"}).status_code == 422
    assert leader.put(f"{url}/{leader.person.id}", {"part": "notes"}).status_code == 409


def test_who_is_named_declines_and_may_change_their_mind(
    event, planned, people, leader, program, host
):
    step, id = planned
    ada, ben = people[:2]
    mine = f"/rounds/{id}/me/nomination"
    leader.put(f"/rounds/{id}/nominations/{ada.person.id}", {"part": "facilitator", "number": 2})
    named = ada.get(mine).json
    assert (named["part"], named["number"], named["declined"]) == ("facilitator", 2, False)
    assert ada.delete(mine).json == {**named, "declined": True}
    assert leader.get(f"/rounds/{id}/nominations").json["named"] == [{**named, "declined": True}]
    assert ada.put(mine).json == named
    for caller, status in ((ben, 404), (leader, 403), (program(host), 403), (program(), 401)):
        for method in ("GET", "PUT", "DELETE"):
            assert caller.call(method, mine).status_code == status
    ada.delete(mine)
    leader.put(f"/events/{event.code}/step", {"step": step})
    assert ada.put(mine).status_code == 409
    rooms = leader.get(f"/rounds/{id}/rooms").json["rooms"]
    assert [room["facilitator"] for room in rooms] == [None, None]


def test_only_who_leads_a_round_leads_it(round_, rooms, people, program, host, observer):
    room, ada = rooms[0]["room"]["id"], people[0].person.id
    before = db.session.get_one(Round, round_).ends_at
    for caller in (people[0], program(host), program(observer)):
        for method, path, sent in (
            ("POST", f"/rounds/{round_}/extension", {"minutes": 2}),
            ("POST", f"/rounds/{round_}/shortening", {"minutes": 2}),
            ("POST", f"/rounds/{round_}/last-minute", None),
            ("POST", f"/rooms/{room}/extension", {"minutes": 2}),
            ("POST", f"/rooms/{room}/shortening", {"minutes": 2}),
            ("POST", f"/rooms/{room}/last-minute", None),
            ("POST", f"/rooms/{room}/help/answer", None),
            ("POST", f"/rounds/{round_}/messages", MESSAGE),
            ("GET", f"/rounds/{round_}/messages", None),
            ("GET", f"/rounds/{round_}/nominations", None),
            ("PUT", f"/rounds/{round_}/nominations/{ada}", {"part": "notes"}),
            ("DELETE", f"/rounds/{round_}/nominations/{ada}", None),
        ):
            assert caller.call(method, path, sent).status_code == 403, path
    db.session.rollback()
    assert db.session.get_one(Round, round_).ends_at == before


def test_nobody_of_another_room_or_event_reads_or_speaks_for_it(
    rooms, people, enter, other_event, program
):
    room = rooms[0]["room"]["id"]
    elsewhere = next(caller for caller in people if caller not in callers_in(rooms[0], people))
    for caller, status in ((elsewhere, 404), (enter(other_event, "Else"), 404), (program(), 401)):
        for method, path, sent in (
            ("GET", f"/rooms/{room}", None),
            ("GET", f"/rooms/{room}/messages", None),
            ("POST", f"/rooms/{room}/help", None),
            ("DELETE", f"/rooms/{room}/help", None),
            ("PUT", f"/rooms/{room}/duties/notes", {}),
            ("DELETE", f"/rooms/{room}/duties/notes", None),
        ):
            assert caller.call(method, path, sent).status_code == status, path
