"""Rounds that are planned, by program: wishes, and what would happen now."""

import pytest

from app.database import transaction
from app.events import actions


@pytest.fixture
def planned(event):
    """A round of the agenda that has not begun: `planned(mode="automatic")` returns its step."""

    def add(**settings):
        settings = {"topics": "Transfer\nMaterial", **settings}
        with transaction():
            return actions.add_item(event, "breakout", "Round", minutes=15, settings=settings).id

    return add


@pytest.fixture
def begin(event, planned, leader):
    """Begin a round; returns its id."""

    def start(**settings):
        answer = leader.put(f"/events/{event.code}/step", {"step": planned(**settings)})
        assert answer.status_code == 200, answer.text
        return int(answer.json["step"]["round"])

    return start


def round_at(step):
    from sqlalchemy import select

    from app.breakouts.models import Round
    from app.extensions import db

    return db.session.scalar(select(Round.id).where(Round.item_id == step))


def test_wishes_are_named_and_told_and_taken_back(event, begin, enter):
    ada = enter(event, "Ada")
    round_ = begin(mode="wishes")
    mine = ada.get(f"/rounds/{round_}/me").json
    assert (mine["is_wishing"], mine["wishes"]) == (True, [])
    one, two = [room["id"] for room in mine["choices"]]
    answer = ada.put(f"/rounds/{round_}/wishes", {"rooms": [two, one]})
    assert (answer.status_code, answer.json["wishes"]) == (200, [two, one])
    assert ada.put(f"/rounds/{round_}/wishes", {"rooms": []}).json["wishes"] == []
    assert ada.put(f"/rounds/{round_}/me", {"room": one}).status_code == 409


def test_no_wish_is_named_twice_nor_by_who_stays_out(event, begin, enter, leader):
    ada = enter(event, "Ada")
    round_ = begin(mode="wishes")
    room = ada.get(f"/rounds/{round_}/me").json["choices"][0]["id"]
    assert ada.put(f"/rounds/{round_}/wishes", {"rooms": [room, room]}).status_code == 422
    assert leader.put(f"/rounds/{round_}/wishes", {"rooms": [room]}).status_code == 403
    assert ada.put(f"/rounds/{round_}/wishes", {"rooms": [999999]}).status_code == 404


def test_where_rooms_are_chosen_at_once_nobody_wishes(event, begin, enter):
    ada = enter(event, "Ada")
    round_ = begin(mode="self_select")
    mine = ada.get(f"/rounds/{round_}/me").json
    assert mine["is_wishing"] is False
    answer = ada.put(f"/rounds/{round_}/wishes", {"rooms": [mine["choices"][0]["id"]]})
    assert answer.status_code == 409


def test_a_leader_sees_what_would_happen_and_deals_again(event, planned, enter, leader):
    for name in ("Ada", "Ben", "Cem", "Dov"):
        enter(event, name)
    round_ = round_at(planned(mode="automatic"))
    shown = leader.get(f"/rounds/{round_}/preview").json
    assert [room["title"] for room in shown["rooms"]] == ["Transfer", "Material"]
    assert [len(room["people"]) for room in shown["rooms"]] == [2, 2]
    assert shown["figures"]["repeated_meetings"] == {"got": 0, "bound": 0, "random": 0.0}
    assert shown["keeps_pairs"] is True
    dealt = [leader.post(f"/rounds/{round_}/deals").json["rooms"] for _time in range(5)]
    assert any(rooms != shown["rooms"] for rooms in dealt)
    assert leader.get(f"/rounds/{round_}/preview").json["rooms"] == dealt[-1]


def test_nobody_else_sees_it_and_there_is_nothing_to_see_once_it_has_begun(
    event, planned, begin, enter, leader
):
    ada = enter(event, "Ada")
    round_ = round_at(planned(mode="automatic"))
    assert ada.get(f"/rounds/{round_}/preview").status_code == 403
    assert ada.post(f"/rounds/{round_}/deals").status_code == 403
    begun = begin(mode="automatic")
    assert leader.get(f"/rounds/{begun}/preview").status_code == 404
    assert leader.post(f"/rounds/{begun}/deals").status_code == 409
