"""Contributions of rooms, as programs edit them, react and reply to them."""

import pytest

from app.breakouts import actions
from app.database import transaction
from app.events.models import AgendaItem
from app.extensions import db
from tests.breakouts.rounds import come, item, joined, make_conference, room_of, start


@pytest.fixture
def event(app):
    return make_conference()


@pytest.fixture
def round_(event, participant, join):
    come(event, 5)
    return start(event, "Round 1")


@pytest.fixture
def room(round_, participant):
    return room_of(round_, participant.person)


@pytest.fixture
def author(participant, room, program):
    return program(participant)


@pytest.fixture
def neighbour(event, room, join, program):
    return program(joined(join, room, "Nora Neighbour"))


@pytest.fixture
def stranger(event, room, join, program):
    return program(joined(join, room, "Stella Stranger", inside=False))


@pytest.fixture
def path(author, room):
    sent = {"kind": "concern", "text": "As first said.", "key": "1"}
    made = author.post(f"/rooms/{room.id}/contributions", sent)
    assert made.status_code == 201
    return f"/contributions/{made.json['id']}"


def test_an_older_version_overwrites_nothing(author, moderator, program, path):
    leader = program(moderator)
    edited = author.put(path, {"text": "As said now.", "version": 0})
    assert (edited.status_code, edited.json["version"]) == (200, 1)
    late = leader.put(path, {"text": "As moderated.", "version": 0})
    assert late.status_code == 409
    assert (late.json["text"], late.json["version"]) == ("As said now.", 1)
    assert leader.put(path, {"text": "As moderated.", "version": 1}).json["version"] == 2
    for _time in range(2):
        assert author.put(path, {"text": "Mine.", "version": 2}).json["version"] == 3


def test_others_react_and_the_author_does_not(author, neighbour, stranger, path):
    for _time in range(2):
        answer = neighbour.put(f"{path}/reactions/thanks")
        assert answer.json["reactions"] == {"agree": 0, "thanks": 1, "helpful": 0}
    assert author.put(f"{path}/reactions/agree").status_code == 409
    assert stranger.put(f"{path}/reactions/agree").status_code == 404
    assert neighbour.put(f"{path}/reactions/boo").status_code == 404
    assert neighbour.delete(f"{path}/reactions/thanks").json["reactions"]["thanks"] == 0


def test_replies_are_for_the_room_until_the_round_is_over(author, neighbour, stranger, room, path):
    assert author.get(f"{path}/replies").json["replies"] == []
    sent = {"text": "With us, too.", "key": "r1"}
    made, again = (neighbour.post(f"{path}/replies", sent) for _time in range(2))
    assert (made.status_code, again.status_code) == (201, 200)
    answer = {"text": "Since when?", "key": "r2", "reply_to": made.json["id"]}
    assert author.post(f"{path}/replies", answer).json["reply_to"] == made.json["id"]
    seen = author.get(f"{path}/replies").json
    assert seen["contribution"]["replies"] == 2
    assert [each["author"] for each in seen["replies"]] == ["Nora Neighbour", "Paula Participant"]
    assert stranger.get(f"{path}/replies").status_code == 404
    assert stranger.post(f"{path}/replies", sent).status_code == 404
    with transaction():
        actions.end_round(actions.hold(room.round_id))
    assert len(stranger.get(f"{path}/replies").json["replies"]) == 2


def test_only_its_author_takes_it_back(author, neighbour, moderator, program, path):
    for caller in (neighbour, program(moderator)):
        assert caller.delete(path).status_code == 403
    assert author.delete(path).status_code == 204
    assert author.get(f"{path}/replies").status_code == 404


def test_what_lies_ready_is_told_with_where_it_came_from(
    event, author, stranger, moderator, program, room, path
):
    with transaction():
        step = db.session.get_one(AgendaItem, item(event, "Round 2").id)
        step.settings = {**step.settings, "carry_in": "everything"}
    second = start(event, "Round 2")
    same = next(each for each in second.rooms if each.aspect_id == room.aspect_id)
    (found,) = program(moderator).get(f"/rooms/{same.id}/carried").json["rooms"]
    assert (found["room"], found["round"], found["number"]) == (room.id, "Round 1", room.number)
    assert [each["text"] for each in found["contributions"]] == ["As first said."]
    assert stranger.get(f"/rooms/{same.id}/carried").status_code == 404
