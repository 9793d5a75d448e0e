import pytest

from app.realtime import View


@pytest.fixture
def aspect(event, open_poll, leader, enter):
    """The id of an aspect that was chosen."""
    path = f"/polls/{open_poll}"
    concern = enter(event, "Cem").post(f"{path}/concerns", {"text": "More time", "key": "c"})
    leader.post(f"{path}/closure")
    wanted = {"aspects": [{"title": "Time", "concerns": [concern.json["id"]]}]}
    return leader.put(f"{path}/aspects", wanted).json["aspects"][0]["id"]


def propose(caller, aspect, text="Visit **early**", key="p1"):
    return caller.post(f"/aspects/{aspect}/proposals", {"text": text, "key": key})


def test_a_proposal_comes_in_and_is_supported(event, aspect, enter, hear):
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    hall = hear(event, View.HALL)
    made = propose(ada, aspect)
    assert (made.status_code, made.json["author"]) == (201, "Ada")
    assert hall.messages
    for _ in range(2):
        assert bob.put(f"/proposals/{made.json['id']}/support").status_code == 204
    (seen,) = bob.get(f"/aspects/{aspect}").json["proposals"]
    assert (seen["text"], seen["supports"], seen["is_supported"]) == ("Visit **early**", 1, True)
    assert bob.delete(f"/proposals/{made.json['id']}/support").status_code == 204
    assert ada.put(f"/proposals/{made.json['id']}/support").status_code == 409


def test_a_retried_proposal_is_one(event, aspect, enter):
    ada = enter(event)
    first, again, other = propose(ada, aspect), propose(ada, aspect), propose(ada, aspect, "New")
    assert [a.status_code for a in (first, again, other)] == [201, 200, 409]
    assert first.json["id"] == again.json["id"]


def test_comments_form_a_discussion(event, aspect, enter):
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    path = f"/proposals/{propose(ada, aspect).json['id']}/comments"
    first = bob.post(path, {"text": "Why?", "key": "1"})
    assert first.status_code == 201
    assert bob.post(path, {"text": "Why?", "key": "1"}).status_code == 200
    reply = {"text": "Because.", "key": "2", "reply_to": first.json["id"]}
    assert ada.post(path, reply).status_code == 201
    seen = bob.get(path).json
    assert [(c["text"], c["author"]) for c in seen["comments"]] == [
        ("Why?", "Bob"),
        ("Because.", "Ada"),
    ]
    assert seen["comments"][1]["reply_to"] == first.json["id"]
    assert seen["proposal"]["comments"] == 2
    lost = {"text": "Hm", "key": "3", "reply_to": 99999}
    assert bob.post(path, lost).status_code in (404, 422)


def test_nobody_proposes_before_the_aspects_are_chosen(event, open_poll, leader, enter):
    ada = enter(event)
    concern = ada.post(f"/polls/{open_poll}/concerns", {"text": "More", "key": "c"}).json["id"]
    leader.post(f"/polls/{open_poll}/closure")
    wanted = {"aspects": [{"title": "Time", "concerns": [concern]}], "is_frozen": False}
    aspect = leader.put(f"/polls/{open_poll}/aspects", wanted).json["aspects"][0]["id"]
    assert ada.get(f"/aspects/{aspect}").status_code == 404
    for caller in (ada, leader):
        assert propose(caller, aspect).status_code == 409


def test_observers_and_outsiders_propose_nothing(event, aspect, observer, outsider, program):
    assert propose(program(observer), aspect).status_code == 403
    assert program(observer).get(f"/aspects/{aspect}").status_code == 200
    assert propose(program(outsider), aspect).status_code == 404
    assert program(outsider).get(f"/aspects/{aspect}").status_code == 404


@pytest.mark.parametrize("text", ["", "  ", "<!-- nothing -->", "x" * 2001])
def test_what_would_look_empty_or_is_too_long_is_refused(event, aspect, enter, text):
    assert propose(enter(event), aspect, text).status_code == 422
