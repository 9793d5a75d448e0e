import pytest

from app.extensions import db
from app.livepolls.models import Concern, FlashPoll
from app.realtime import View


def say(caller, poll, text="More time for families", key="k1"):
    return caller.post(f"/polls/{poll}/concerns", {"text": text, "key": key})


def test_a_concern_comes_in_and_the_hall_hears_of_it(event, open_poll, enter, hear):
    hall = hear(event, View.HALL)
    answer = say(enter(event), open_poll)
    assert answer.status_code == 201
    assert answer.json["text"] == "More time for families"
    assert answer.json["is_mine"]
    assert "More time for families" in hall.html


def test_the_same_key_makes_one_concern(event, open_poll, enter):
    ada = enter(event)
    first, again = say(ada, open_poll), say(ada, open_poll)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["id"] == again.json["id"]
    assert say(ada, open_poll, text="Something else").status_code == 409
    assert say(enter(event), open_poll).status_code == 201


def test_a_retry_after_the_closure_is_answered_as_before(event, open_poll, enter, leader):
    ada = enter(event)
    first = say(ada, open_poll)
    leader.post(f"/polls/{open_poll}/closure")
    assert say(ada, open_poll).json["id"] == first.json["id"]
    assert say(ada, open_poll, key="k2").status_code == 409


def test_a_key_is_not_good_for_another_poll(event, other_event, open_poll, enter):
    from app.database import transaction
    from app.events import actions
    from app.livepolls.actions import open_poll as open_

    ada = enter(event)
    say(ada, open_poll)
    with transaction():
        item = actions.add_item(event, "poll", "Second poll")
        second = db.session.query(FlashPoll).filter_by(item_id=item.id).one()
        open_(second)
    assert say(ada, second.id).status_code == 409


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"key": "1"}, "text"),
        ({"text": "", "key": "1"}, "text"),
        ({"text": " \n", "key": "1"}, "text"),
        ({"text": "x" * 501, "key": "1"}, "text"),
        ({"text": 5, "key": "1"}, "text"),
        ({"text": "a\0b", "key": "1"}, "text"),
        ({"text": "\ud800", "key": "1"}, "text"),
        ({"text": "Hello"}, "key"),
        ({"text": "Hello", "key": None}, "key"),
        ({"text": "Hello", "key": "x" * 65}, "key"),
        ({"text": "Hello", "key": "1", "aspect": 3}, "aspect"),
        ({"text": "Hello", "key": "1", "named": "yes"}, "named"),
        ([], ""),
        ("Hello", ""),
    ],
)
def test_bad_input_is_refused_and_the_field_is_named(event, open_poll, enter, sent, field):
    answer = enter(event).post(f"/polls/{open_poll}/concerns", sent)
    assert answer.status_code == 422
    assert answer.json["field"] == field
    assert answer.json["title"]
    assert db.session.query(Concern).count() == 0


@pytest.mark.parametrize(
    ("is_named", "sent", "author"),
    [
        (True, {"named": True}, "Ada"),
        (True, {"named": False}, None),
        (True, {}, None),
        (False, {"named": True}, None),
    ],
)
def test_a_name_is_told_only_where_the_poll_and_the_program_say_so(
    event, open_poll, enter, is_named, sent, author
):
    from app.database import transaction

    with transaction() as session:
        session.get_one(FlashPoll, open_poll).is_named = is_named
    body = {"text": "More time for families", "key": "k1", **sent}
    answer = enter(event, "Ada").post(f"/polls/{open_poll}/concerns", body)
    assert (answer.status_code, answer.json["author"]) == (201, author)
    (told,) = enter(event, "Bob").get(f"/polls/{open_poll}").json["concerns"]
    assert told["author"] == author


def test_five_hundred_characters_are_taken(event, open_poll, enter):
    assert say(enter(event), open_poll, "ü" * 500).status_code == 201


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"text=Hello&key=1", "application/x-www-form-urlencoded", 415),
        (b"", None, 415),
        (b'{"text": "Hel', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'"' + b"x" * 1_100_000 + b'"', "application/json", 413),
    ],
)
def test_what_is_not_json_is_refused(event, open_poll, enter, data, kind, status):
    path = f"/polls/{open_poll}/concerns"
    answer = enter(event).call("POST", path, data=data, content_type=kind)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_supports_count_once_and_are_taken_back(event, open_poll, enter):
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    id = say(ada, open_poll).json["id"]

    def shown():
        return bob.get(f"/polls/{open_poll}").json["concerns"][0]

    for _ in range(2):
        answer = bob.put(f"/concerns/{id}/support")
        assert (answer.status_code, answer.data) == (204, b"")
    assert (shown()["supports"], shown()["is_supported"]) == (1, True)
    for _ in range(2):
        assert bob.delete(f"/concerns/{id}/support").status_code == 204
    assert (shown()["supports"], shown()["is_supported"]) == (0, False)
    assert ada.put(f"/concerns/{id}/support").status_code == 409


def test_one_edits_what_is_ones_own_and_its_supporters_stay_with_what_they_read(
    event, open_poll, enter, hear
):
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    id = say(ada, open_poll).json["id"]
    bob.put(f"/concerns/{id}/support")
    hall = hear(event, View.HALL)
    answer = ada.put(f"/concerns/{id}", {"text": "More money"})
    assert answer.status_code == 200
    before = [{"text": "More time for families", "supports": 1}]
    assert (answer.json["text"], answer.json["supported_as"]) == ("More money", before)
    assert "More money" in hall.html
    (shown,) = bob.get(f"/polls/{open_poll}").json["concerns"]
    assert (shown["text"], shown["supported_as"]) == ("More money", before)
    assert ada.put(f"/concerns/{id}", {"text": " "}).status_code == 422


def test_one_withdraws_what_is_ones_own_and_what_is_supported_stays(event, open_poll, enter):
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    alone, shared = (say(ada, open_poll, key=key).json["id"] for key in ("k1", "k2"))
    bob.put(f"/concerns/{shared}/support")
    for id in (alone, shared):
        answer = ada.delete(f"/concerns/{id}")
        assert (answer.status_code, answer.data) == (204, b"")
        assert ada.delete(f"/concerns/{id}").status_code in (403, 404)
    (left,) = bob.get(f"/polls/{open_poll}").json["concerns"]
    assert (left["id"], left["supports"]) == (shared, 1)
    (seen,) = ada.get(f"/polls/{open_poll}").json["concerns"]
    assert not seen["is_mine"]


def test_nobody_edits_or_withdraws_anothers_or_after_the_end(
    event, other_event, open_poll, enter, leader, program
):
    ada = enter(event, "Ada")
    id = say(ada, open_poll).json["id"]
    for caller in (enter(event, "Bob"), leader, enter(other_event, "Cem"), program()):
        for answer in (
            caller.put(f"/concerns/{id}", {"text": "Mine now"}),
            caller.delete(f"/concerns/{id}"),
        ):
            assert answer.status_code in (401, 403, 404)
    leader.post(f"/polls/{open_poll}/closure")
    assert ada.put(f"/concerns/{id}", {"text": "Too late"}).status_code == 409
    assert ada.delete(f"/concerns/{id}").status_code == 409
    (shown,) = ada.get(f"/polls/{open_poll}").json["concerns"]
    assert shown["text"] == "More time for families"


def test_observers_only_look_on(event, open_poll, observer, enter, program):
    otto = program(observer)
    id = say(enter(event), open_poll).json["id"]
    assert say(otto, open_poll).status_code == 403
    assert otto.put(f"/concerns/{id}/support").status_code == 403
    assert len(otto.get(f"/polls/{open_poll}").json["concerns"]) == 1


def test_each_sees_of_a_hidden_poll_what_the_pages_show(event, enter, leader, program):
    from app.database import transaction
    from app.events import actions

    with transaction():
        settings = {"hides_until_closed": "1"}
        item = actions.add_item(event, "poll", "Quiet poll", settings=settings)
    leader.put(f"/events/{event.code}/step", {"step": item.id})
    agenda = leader.get(f"/events/{event.code}").json["agenda"]
    poll = next(step["poll"] for step in agenda if step["id"] == item.id)
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    id = say(ada, poll).json["id"]
    assert [c["id"] for c in ada.get(f"/polls/{poll}").json["concerns"]] == [id]
    assert bob.get(f"/polls/{poll}").json["concerns"] == []
    assert bob.put(f"/concerns/{id}/support").status_code == 404
    assert [c["id"] for c in leader.get(f"/polls/{poll}").json["concerns"]] == [id]
    leader.post(f"/polls/{poll}/closure")
    assert [c["id"] for c in bob.get(f"/polls/{poll}").json["concerns"]] == [id]


def test_too_many_are_told_when_to_come_again(event, open_poll, enter, limited):
    ada, bob = enter(event, "Ada"), enter(event, "Bob")
    answers = [say(ada, open_poll, key="same") for _ in range(82)]  # a minute may end meanwhile
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 0 <= int(refused.headers["Retry-After"]) <= 61
    assert say(bob, open_poll).status_code == 201


@pytest.mark.parametrize("id", ["0", "99999", "99999999999999999999", "-1", "x"])
def test_a_poll_that_is_not_there_is_not_found(event, enter, id):
    assert enter(event).get(f"/polls/{id}").status_code == 404
