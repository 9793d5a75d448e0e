from datetime import timedelta

import pytest

from app.breakouts.models import Round
from app.database import now, transaction
from app.events import actions
from app.extensions import db
from app.realtime import View


@pytest.fixture
def topics(event, open_poll, leader, enter):
    """Two chosen aspects."""
    cem = enter(event, "Cem")
    path = f"/polls/{open_poll}"
    ids = [
        cem.post(f"{path}/concerns", {"text": f"Concern {n}", "key": str(n)}).json["id"]
        for n in range(2)
    ]
    leader.post(f"{path}/closure")
    wanted = [{"title": f"Topic {n}", "concerns": [id]} for n, id in enumerate(ids)]
    leader.put(f"{path}/aspects", {"aspects": wanted})
    with transaction():
        cem.person.present_until = None
    return ids


@pytest.fixture
def start(event, topics, leader):
    """Begin a round: `start("self_select", capacity="1")` returns its id."""

    def begin(mode, **settings):
        with transaction():
            item = actions.add_item(
                event, "breakout", f"Round {mode}", minutes=15, settings={"mode": mode, **settings}
            )
        answer = leader.put(f"/events/{event.code}/step", {"step": item.id})
        assert answer.status_code == 200, answer.text
        return int(answer.json["step"]["round"])

    return begin


def test_everybody_learns_where_they_are(event, start, enter):
    people = [enter(event, name) for name in ("Ada", "Bob", "Cleo", "Dov")]
    round_ = start("automatic")
    rooms = [caller.get(f"/rounds/{round_}/me").json["room"] for caller in people]
    assert sorted(room["count"] for room in rooms) == [2, 2, 2, 2]
    assert {room["title"] for room in rooms} == {"Topic 0", "Topic 1"}


def test_who_joins_late_is_placed(event, start, enter):
    enter(event)
    round_ = start("automatic")
    assert enter(event, "Late").get(f"/rounds/{round_}/me").json["room"] is not None


def test_a_room_is_chosen_while_there_are_seats(event, start, enter):
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    round_ = start("self_select", capacity="1")
    mine = ada.get(f"/rounds/{round_}/me").json
    assert (mine["state"], mine["is_choosing"], mine["room"]) == ("choosing", True, None)
    wanted = mine["choices"][0]["id"]
    for _ in range(2):
        chosen = ada.put(f"/rounds/{round_}/me", {"room": wanted})
        assert (chosen.status_code, chosen.json["room"]["id"]) == (200, wanted)
    assert bob.put(f"/rounds/{round_}/me", {"room": wanted}).status_code == 409
    assert wanted not in [room["id"] for room in bob.get(f"/rounds/{round_}/me").json["choices"]]


def test_after_the_time_for_choosing_it_is_too_late(event, start, enter):
    ada = enter(event)
    round_ = start("self_select")
    wanted = ada.get(f"/rounds/{round_}/me").json["choices"][0]["id"]
    with transaction():
        db.session.get_one(Round, round_).choose_until = now() - timedelta(seconds=1)
    assert ada.put(f"/rounds/{round_}/me", {"room": wanted}).status_code == 409


def test_a_topic_from_before_is_excluded(event, start, enter):
    ada = enter(event)
    before = ada.get(f"/rounds/{start('automatic')}/me").json["room"]
    round_ = start("self_select")
    rooms = ada.get(f"/rounds/{round_}").json["rooms"]
    same = next(room["id"] for room in rooms if room["aspect"] == before["aspect"])
    assert ada.put(f"/rounds/{round_}/me", {"room": same}).status_code == 409
    choices = ada.get(f"/rounds/{round_}/me").json["choices"]
    assert same not in [room["id"] for room in choices]


def test_a_room_of_another_round_is_not_found(event, start, enter):
    ada = enter(event)
    other = ada.get(f"/rounds/{start('automatic')}/me").json["room"]["id"]
    round_ = start("self_select")
    assert ada.put(f"/rounds/{round_}/me", {"room": other}).status_code == 404


def test_contributions_are_for_the_room(event, start, enter, leader, hear):
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    round_ = start("automatic")
    room = ada.get(f"/rounds/{round_}/me").json["room"]["id"]
    here = hear(event, View.ROOM, source=f"room:{room}")
    path = f"/rooms/{room}/contributions"
    sent = {"kind": "impulse", "text": "Let us meet again", "key": "1"}
    made, again = ada.post(path, sent), ada.post(path, sent)
    assert (made.status_code, again.status_code) == (201, 200)
    assert made.json["id"] == again.json["id"]
    assert (made.json["author"], made.json["kind"]) == ("Ada", "impulse")
    assert ada.post(path, {**sent, "text": "Other"}).status_code == 409
    assert "Let us meet again" in here.html
    assert bob.post(path, sent).status_code == 404
    assert bob.get(path).status_code == 404
    for reader in (ada, leader):
        assert [c["text"] for c in reader.get(path).json["contributions"]] == [sent["text"]]
    assert ada.post(path, {**sent, "kind": "joke", "key": "2"}).json["field"] == "kind"


def test_a_moderator_moves_people_and_ends_the_round(event, start, enter, leader):
    ada = enter(event, "Ada")
    round_ = start("automatic")
    here = ada.get(f"/rounds/{round_}/me").json["room"]["id"]
    seen = leader.get(f"/rounds/{round_}/rooms").json
    assert {entry["room"]["id"]: [p["name"] for p in entry["people"]] for entry in seen["rooms"]}[
        here
    ] == ["Ada"]
    there = next(r["room"]["id"] for r in seen["rooms"] if r["room"]["id"] != here)
    path = f"/rounds/{round_}/people/{ada.person.id}"
    for _ in range(2):
        assert leader.put(path, {"room": there}).status_code == 200
    assert ada.get(f"/rounds/{round_}/me").json["room"]["id"] == there
    for _ in range(2):
        assert leader.delete(f"/rounds/{round_}/opening").json["state"] == "over"
    assert leader.put(path, {"room": here}).status_code == 409
    for _ in range(2):
        assert leader.post(f"/rounds/{round_}/opening").json["state"] == "open"


def test_who_still_chooses_is_told_to_moderators(event, start, enter, leader):
    enter(event, "Ada")
    round_ = start("self_select")
    choosing = leader.get(f"/rounds/{round_}/rooms").json["choosing"]
    assert [person["name"] for person in choosing] == ["Ada"]


def test_only_moderators_lead_rounds(event, start, enter, host, observer, program):
    ada = enter(event)
    round_ = start("automatic")
    room = ada.get(f"/rounds/{round_}/me").json["room"]["id"]
    for caller in (ada, program(host), program(observer)):
        assert caller.post(f"/rounds/{round_}/opening").status_code == 403
        assert caller.delete(f"/rounds/{round_}/opening").status_code == 403
        assert caller.get(f"/rounds/{round_}/rooms").status_code == 403
        path = f"/rounds/{round_}/people/{ada.person.id}"
        assert caller.put(path, {"room": room}).status_code == 403


def test_hosts_observers_and_outsiders_choose_nothing(
    event, start, enter, host, observer, outsider, program
):
    enter(event)
    round_ = start("self_select")
    room = enter(event, "Bob").get(f"/rounds/{round_}").json["rooms"][0]["id"]
    for caller in (program(host), program(observer)):
        assert caller.put(f"/rounds/{round_}/me", {"room": room}).status_code == 403
        assert caller.get(f"/rounds/{round_}/me").json["room"] is None
    ole = program(outsider)
    assert ole.put(f"/rounds/{round_}/me", {"room": room}).status_code == 404
    assert ole.get(f"/rounds/{round_}/me").status_code == 404
