"""Seats of rooms, and what rooms are called, by program."""

import pytest
from sqlalchemy import select

from app.breakouts.models import Room, Round
from app.database import transaction
from app.events import actions
from app.extensions import db


@pytest.fixture
def planned(event):
    """A round of two rooms that has not begun; returns the ids of its step and of itself."""
    with transaction():
        settings = {"mode": "self_select", "topics": "Hall\nOffice", "capacity": "9"}
        step = actions.add_item(event, "breakout", "Round", minutes=15, settings=settings)
    return step.id, db.session.scalar(select(Round.id).where(Round.item_id == step.id))


@pytest.fixture
def begun(event, planned, leader):
    """That round, begun: its id, and its rooms."""
    step, id = planned
    assert leader.put(f"/events/{event.code}/step", {"step": step}).status_code == 200
    return id, leader.get(f"/rounds/{id}").json["rooms"]


def test_seats_are_planned_read_and_taken_over_as_it_begins(event, planned, leader):
    step, id = planned
    url = f"/rounds/{id}/seats"
    assert leader.get(url).json == {
        "common": 9,
        "rooms": [
            {"number": 1, "title": "Hall", "seats": None},
            {"number": 2, "title": "Office", "seats": None},
        ],
    }
    answer = leader.put(url, {"rooms": [{"number": 1, "seats": 40}, {"number": 2, "seats": 3}]})
    assert [room["seats"] for room in answer.json["rooms"]] == [40, 3]
    assert leader.put(url, {"rooms": [{"number": 2}]}).json["rooms"][1]["seats"] is None
    shown = leader.get(f"/rounds/{id}/preview").json["rooms"]
    assert [room["capacity"] for room in shown] == [40, 9]
    leader.put(f"/events/{event.code}/step", {"step": step})
    rooms = leader.get(f"/rounds/{id}").json["rooms"]
    assert [room["capacity"] for room in rooms] == [40, 9]
    assert leader.put(url, {"rooms": [{"number": 1, "seats": 4}]}).status_code == 409


@pytest.mark.parametrize(
    "rooms",
    [
        [{"number": 3, "seats": 4}],
        [{"number": 0, "seats": 4}],
        [{"number": 1, "seats": 0}],
        [{"number": 1, "seats": 10_000}],
        [{"number": 1, "seats": "4"}],
        [{"seats": 4}],
        {"1": 4},
    ],
)
def test_nonsense_is_refused(planned, leader, rooms):
    url = f"/rounds/{planned[1]}/seats"
    assert leader.put(url, {"rooms": rooms}).status_code == 422
    assert [room["seats"] for room in leader.get(url).json["rooms"]] == [None, None]


def test_a_room_is_called_otherwise_and_has_other_seats(begun, leader):
    id, (hall, _office) = begun
    url = f"/rooms/{hall['id']}/settings"
    answer = leader.put(url, {"title": "Great hall"})
    assert answer.status_code == 200
    now = answer.json["rooms"][0]
    assert (now["title"], now["capacity"]) == ("Great hall", 9)
    assert leader.put(url, {"seats": 40}).json["rooms"][0]["capacity"] == 40
    assert leader.put(url, {"title": "Aula", "was": "Great hall"}).status_code == 200
    assert leader.put(url, {"title": "Barn", "was": "Great hall"}).status_code == 409
    assert leader.put(url, {"seats": 0}).json["rooms"][0]["capacity"] == 9
    assert leader.get(f"/rounds/{id}").json["rooms"][0]["title"] == "Aula"


def test_seats_that_somebody_else_has_changed_meanwhile_stay(planned, leader):
    url = f"/rounds/{planned[1]}/seats"
    first = {"number": 1, "seats": 20, "was": 0}
    assert leader.put(url, {"rooms": [first]}).status_code == 200
    both = [{"number": 1, "seats": 5, "was": 0}, {"number": 2, "seats": 5, "was": 0}]
    answer = leader.put(url, {"rooms": both})
    assert (answer.status_code, answer.json["rooms"]) == (409, [1])
    assert [room["seats"] for room in leader.get(url).json["rooms"]] == [20, None]
    both[0]["was"] = 20
    assert leader.put(url, {"rooms": both}).status_code == 200
    assert leader.put(url, {"rooms": [first | {"seats": 5}]}).status_code == 200  # as it is


def test_a_running_rooms_seats_are_not_overwritten_unseen(begun, leader):
    url = f"/rooms/{begun[1][0]['id']}/settings"
    assert leader.put(url, {"seats": 20, "was_seats": 0}).json["rooms"][0]["capacity"] == 20
    assert leader.put(url, {"seats": 5, "was_seats": 0}).status_code == 409
    assert leader.put(url, {"seats": 0, "was_seats": 20}).json["rooms"][0]["capacity"] == 9


def test_a_group_may_be_called_otherwise_from_what_it_was_called(event, leader):
    with transaction():
        settings = {"mode": "self_select", "rooms": "2"}
        step = actions.add_item(event, "breakout", "Round", minutes=15, settings=settings)
    id = db.session.scalar(select(Round.id).where(Round.item_id == step.id))
    leader.put(f"/events/{event.code}/step", {"step": step.id})
    group = leader.get(f"/rounds/{id}").json["rooms"][0]
    url = f"/rooms/{group['id']}/settings"
    assert leader.put(url, {"title": group["title"], "seats": 5}).json["rooms"][0]["capacity"] == 5
    assert db.session.get_one(Room, group["id"]).first_title is None
    answer = leader.put(url, {"title": "Saal", "was": group["title"]})
    assert (answer.status_code, answer.json["rooms"][0]["title"]) == (200, "Saal")


@pytest.mark.parametrize(
    "sent", [{"title": " "}, {"title": "x" * 121}, {"seats": -1}, {"seats": 10_000}, {"name": "x"}]
)
def test_no_room_has_no_name_or_one_too_long(begun, leader, sent):
    _id, (hall, _office) = begun
    assert leader.put(f"/rooms/{hall['id']}/settings", sent).status_code == 422


def test_when_the_round_is_over_its_rooms_stay_as_they_were(begun, leader):
    id, (hall, _office) = begun
    leader.delete(f"/rounds/{id}/opening")
    assert leader.put(f"/rooms/{hall['id']}/settings", {"title": "Aula"}).status_code == 409


def test_only_who_leads_the_event_does(begun, enter, event, other_event, program, host, observer):
    id, (hall, _office) = begun
    callers = [(enter(event, "Ada"), 403), (program(host), 403), (program(observer), 403)]
    callers += [(enter(other_event, "Else"), 404), (program(), 401)]
    for caller, status in callers:
        assert caller.get(f"/rounds/{id}/seats").status_code == status
        sent = {"rooms": [{"number": 1, "seats": 4}]}
        assert caller.put(f"/rounds/{id}/seats", sent).status_code == status
        path = f"/rooms/{hall['id']}/settings"
        assert caller.put(path, {"title": "Mine"}).status_code == status
