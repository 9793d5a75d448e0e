"""What moderators do with a flash poll, a program does as well: and nobody else's does."""

import pytest

from app.permissions import Role
from app.realtime import View

WHOLE, FIRST, SECOND = "No buses at night and no doctors", "No buses at night", "No doctors"
PARTS = {"first": FIRST, "second": SECOND, "was": WHOLE}


@pytest.fixture
def ada(event, enter):
    return enter(event, "Ada")


@pytest.fixture
def concern(ada, open_poll):
    return ada.post(f"/polls/{open_poll}/concerns", {"text": WHOLE, "key": "k1"}).json["id"]


def close(leader, poll):
    return leader.post(f"/polls/{poll}/closure")


# Split in two


def test_a_concern_is_split_and_both_tell_what_they_were(
    event, open_poll, leader, ada, enter, concern, hear
):
    bob = enter(event, "Bob")
    bob.put(f"/concerns/{concern}/support")
    hall = hear(event, View.HALL)
    answer = leader.post(f"/concerns/{concern}/parts", PARTS)
    assert answer.status_code == 201
    told = {each["id"]: each for each in bob.get(f"/polls/{open_poll}").json["concerns"]}
    (other,) = told.keys() - {concern}
    whole = {"text": WHOLE, "supports": 1, "concerns": [concern, other]}
    for id, text in ((concern, FIRST), (other, SECOND)):
        assert (told[id]["text"], told[id]["supports"]) == (text, 1)
        assert (told[id]["split_from"], told[id]["supported_as"]) == ([whole], [])
        assert told[id]["is_supported"]
    assert SECOND in hall.html
    mine = ada.get(f"/polls/{open_poll}").json["concerns"]
    assert [each["is_mine"] for each in mine] == [True, True]


def test_sent_twice_it_is_split_once(leader, open_poll, concern):
    leader.post(f"/concerns/{concern}/parts", PARTS)
    assert leader.post(f"/concerns/{concern}/parts", PARTS).status_code == 409
    assert len(leader.get(f"/polls/{open_poll}").json["concerns"]) == 2


def test_the_second_part_goes_into_an_aspect(leader, ada, open_poll, concern):
    other = ada.post(f"/polls/{open_poll}/concerns", {"text": "Midwives", "key": "k2"}).json["id"]
    close(leader, open_poll)
    wanted = {"aspects": [{"title": "Medicine", "concerns": [other]}], "is_frozen": False}
    (aspect,) = leader.put(f"/polls/{open_poll}/aspects", wanted).json["aspects"]
    answer = leader.post(f"/concerns/{concern}/parts", PARTS | {"aspect": aspect["id"]})
    (found,) = answer.json["aspects"]
    assert len(found["concerns"]) == 2
    missing = PARTS | {"was": FIRST, "second": "At night", "aspect": 9999}
    assert leader.post(f"/concerns/{concern}/parts", missing).status_code == 404


@pytest.mark.parametrize("wrong", [{"first": ""}, {"second": FIRST}, {"was": 5}, {"third": "x"}])
def test_what_is_no_split_is_refused(leader, open_poll, concern, wrong):
    assert leader.post(f"/concerns/{concern}/parts", PARTS | wrong).status_code == 422
    assert len(leader.get(f"/polls/{open_poll}").json["concerns"]) == 1


def test_the_words_of_a_hidden_part_are_told_to_its_author_and_who_leads(
    event, leader, ada, enter, open_poll, concern, moderator
):
    made = leader.post(f"/concerns/{concern}/parts", PARTS).json["concerns"]
    second = next(each["id"] for each in made if each["id"] != concern)
    moderator.post(f"/polls/{open_poll}/hidden", {"concern": second})
    for caller, text in ((leader, WHOLE), (ada, WHOLE), (enter(event, "Bob"), None)):
        concerns = caller.get(f"/polls/{open_poll}").json["concerns"]
        first = next(each for each in concerns if each["id"] == concern)
        assert first["split_from"][0]["text"] == text
        assert (SECOND in str(concerns)) == (text is not None)


# Settings


def test_a_poll_is_asked_otherwise_while_it_runs(event, leader, open_poll, ada, hear):
    hall = hear(event, View.HALL)
    sent = {"question": "What else?", "most_per_person": 1, "is_named": True, "minutes": 5}
    answer = leader.put(f"/polls/{open_poll}/settings", sent)
    assert answer.status_code == 200
    told = answer.json
    assert (told["question"], told["most_per_person"], told["is_named"]) == ("What else?", 1, True)
    assert told["closes_at"] is not None
    assert "What else?" in hall.html
    again = leader.put(f"/polls/{open_poll}/settings", {"is_named": False, "minutes": 0}).json
    assert (again["question"], again["most_per_person"]) == ("What else?", 1)
    assert (again["is_named"], again["closes_at"]) == (False, None)


def test_nothing_said_changes_nothing(leader, open_poll):
    before = leader.get(f"/polls/{open_poll}").json
    assert leader.put(f"/polls/{open_poll}/settings", {}).json == before


# Read first


def test_what_was_read_is_published_and_what_changed_meanwhile_is_not(
    event, leader, open_poll, ada, enter
):
    leader.put(f"/polls/{open_poll}/settings", {"is_moderated_before": True})
    said = ada.post(f"/polls/{open_poll}/concerns", {"text": FIRST, "key": "k"}).json
    assert said["is_waiting"]
    bob, read = enter(event, "Bob"), {"concerns": [{"id": said["id"], "text": FIRST}]}
    ada.put(f"/concerns/{said['id']}", {"text": SECOND})
    assert leader.post(f"/polls/{open_poll}/published", read).status_code == 409
    assert bob.get(f"/polls/{open_poll}").json["concerns"] == []
    read["concerns"][0]["text"] = SECOND
    (told,) = leader.post(f"/polls/{open_poll}/published", read).json["concerns"]
    assert not told["is_waiting"]
    assert [each["text"] for each in bob.get(f"/polls/{open_poll}").json["concerns"]] == [SECOND]
    unknown = {"concerns": [{"id": 9999, "text": "x"}]}
    assert leader.post(f"/polls/{open_poll}/published", unknown).status_code == 422


# Rounds


def test_the_same_is_asked_once_more_in_a_poll_of_its_own(event, leader, open_poll, concern):
    path = f"/polls/{open_poll}/rounds"
    assert leader.post(path).status_code == 409, "it is open"
    close(leader, open_poll)
    first, again = leader.post(path), leader.post(path)
    assert (first.status_code, again.status_code) == (201, 200)
    told = first.json
    assert again.json["id"] == told["id"] != open_poll
    assert (told["round"], told["state"], told["concerns"]) == (2, "open", [])
    assert told["rounds"] == [{"poll": open_poll, "round": 1, "concerns": 1, "people": 1}]
    assert leader.get(f"/events/{event.code}").json["step"]["poll"] == told["id"]


# Who may not


def test_only_who_leads_this_event_does_any_of_it(
    event, other_event, open_poll, concern, ada, leader, enter, host, program, appoint
):
    calls = (
        ("POST", f"/concerns/{concern}/parts", PARTS),
        ("PUT", f"/polls/{open_poll}/settings", {"question": "Mine"}),
        ("POST", f"/polls/{open_poll}/published", {"concerns": [{"id": concern, "text": WHOLE}]}),
        ("POST", f"/polls/{open_poll}/rounds", None),
    )
    before = leader.get(f"/polls/{open_poll}").json
    elsewhere = program(appoint(other_event, Role.MODERATOR, "Else Where"))
    for caller, statuses in (
        (ada, {403}),
        (program(host), {403}),
        (elsewhere, {401, 403, 404}),
        (enter(other_event, "Cem"), {401, 403, 404}),
        (program(), {401}),
    ):
        for method, path, sent in calls:
            assert caller.call(method, path, sent).status_code in statuses
    assert leader.get(f"/polls/{open_poll}").json == before
