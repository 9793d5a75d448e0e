"""How a round forms its rooms, by program: before it begins, and what is too late afterwards."""

import pytest

from app.breakouts.models import Round
from app.database import transaction
from app.events import actions
from app.events.models import AgendaItem
from app.extensions import db

PLAN = {"mode": "self_select", "topics": "Transfer\nMaterial", "capacity": "1"}


@pytest.fixture
def item(event):
    """A step with a round that has not begun."""
    with transaction():
        return actions.add_item(event, "breakout", "Round", minutes=15, settings=PLAN)


@pytest.fixture
def url(item):
    """Where its settings are."""
    return f"/rounds/{db.session.query(Round.id).filter_by(item_id=item.id).scalar()}/settings"


@pytest.fixture
def begin(event, item, leader):
    """Begin the round."""

    def start():
        answer = leader.put(f"/events/{event.code}/step", {"step": item.id})
        assert answer.status_code == 200, answer.text

    return start


def stored(item):
    db.session.rollback()
    return db.session.get_one(AgendaItem, item.id).settings


def test_a_plan_is_read_and_changed_and_what_is_left_out_stays(leader, item, url):
    plan = leader.get(url).json
    assert plan == {
        "mode": "self_select",
        "minutes": 15,
        "choosing_minutes": 2,
        "capacity": 1,
        "topics": ["Transfer", "Material"],
        "rooms": None,
        "topics_again": False,
        "settled": [],
    }
    answer = leader.put(url, {"topics": ["One ", "Two\n2", "One"], "rooms": 4, "minutes": 20})
    assert answer.status_code == 200
    wanted = {"topics": ["One", "Two 2"], "rooms": 4, "minutes": 20}
    assert answer.json == leader.get(url).json == {**plan, **wanted}
    more = {"topics": [], "rooms": 0, "capacity": 0, "topics_again": True, "mode": "automatic"}
    assert leader.put(url, more).json["capacity"] is None
    assert leader.get(url).json["topics"] == []
    assert stored(item)["topics_again"] == "yes"


def test_once_it_has_begun_what_is_too_late_is_refused_by_its_name(leader, item, url, begin):
    begin()
    before = stored(item)
    late = ["choosing_minutes", "minutes", "mode", "rooms", "topics"]
    assert leader.get(url).json["settled"] == late
    for name, value in (
        ("mode", "automatic"),
        ("minutes", 20),
        ("choosing_minutes", 5),
        ("topics", ["Other"]),
        ("rooms", 9),
    ):
        answer = leader.put(url, {name: value, "topics_again": True})
        assert answer.status_code == 409, name
        assert answer.json["settings"] == [name]
    both = leader.put(url, {"rooms": 9, "mode": "manual", "capacity": 7})
    assert both.json["settings"] == ["mode", "rooms"]
    assert "Who goes into which room, Number of rooms" in both.json["title"]
    assert stored(item) == before


def test_what_is_as_it_was_is_taken_and_so_is_what_still_counts(leader, item, url, begin):
    begin()
    same = {"mode": "self_select", "minutes": 15, "choosing_minutes": 2, "rooms": 0}
    answer = leader.put(url, {**same, "topics": ["Transfer", "Material"], "capacity": 3})
    assert (answer.status_code, answer.json["capacity"]) == (200, 3)
    rooms = leader.get(url.removesuffix("/settings")).json["rooms"]
    assert [room["capacity"] for room in rooms] == [3, 3]
    assert leader.put(url, {"topics_again": True}).json["topics_again"] is True


def test_where_everybody_is_assigned_seats_are_too_late_as_well(leader, item, url, begin):
    leader.put(url, {"mode": "automatic", "capacity": 3})
    begin()
    answer = leader.put(url, {"capacity": 4})
    assert (answer.status_code, answer.json["settings"]) == (409, ["capacity"])
    assert leader.put(url, {"capacity": 3}).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mode", "by_magic"),
        ("topics", "Transfer"),
        ("topics", [""]),
        ("topics", [7]),
        ("topics", ["x" * 121]),
        ("topics", [str(number) for number in range(61)]),
        ("rooms", 201),
        ("capacity", -1),
        ("topics_again", "yes"),
    ],
)
def test_what_cannot_be_is_refused(leader, item, url, name, value):
    before = stored(item)
    answer = leader.put(url, {name: value})
    assert answer.status_code == 422
    assert answer.json["field"].startswith(name)
    assert stored(item) == before


def test_only_moderators_read_and_change_it(event, program, leader, item, url, enter, other_event):
    before = stored(item)
    for caller in (enter(event, "Ada"), enter(other_event, "Eve"), program()):
        assert caller.get(url).status_code in (401, 403, 404)
        assert caller.put(url, {"rooms": 3}).status_code in (401, 403, 404)
    assert leader.put("/rounds/999999/settings", {"rooms": 3}).status_code == 404
    assert stored(item) == before
