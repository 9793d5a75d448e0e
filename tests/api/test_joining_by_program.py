from datetime import timedelta

import pytest

from app.database import now, transaction
from app.events import actions
from app.events.facts import ParticipantJoined
from app.permissions import Role


def test_joining_gives_a_token_and_the_event(event, program, announced):
    answer = program().post(f"/events/{event.code}/participants", {"name": "  Ada "})
    assert answer.status_code == 201
    assert answer.json["event"]["code"] == event.code
    assert answer.json["event"]["me"]["name"] == "Ada"
    assert answer.json["event"]["me"]["is_present"]
    fact = ParticipantJoined(event.id, answer.json["participant_id"])
    assert fact in announced(event.channel)
    ada = program(answer.json["token"])
    assert ada.get(f"/events/{event.code}").json["me"]["id"] == answer.json["participant_id"]


def test_a_municipality_is_named_or_given_by_its_id(event, municipality, enter):
    town = municipality("Öhringen")
    for given in ("Öhringen", " Öhringen ", town.id, str(town.id)):
        assert enter(event, municipality=given).person.municipality_id == town.id


@pytest.mark.parametrize("given", ["Atlantis", 99999, "9" * 30, ["Auental"], ""])
def test_an_unknown_municipality_is_named_in_the_answer(event, program, given):
    path = f"/events/{event.code}/participants"
    answer = program().post(path, {"name": "Ada", "municipality": given})
    assert answer.status_code == 422
    assert answer.json["field"] == "municipality"


def test_the_language_is_the_events_unless_another_is_wanted(event, enter):
    assert enter(event).person.language == "en"
    assert enter(event, language="de").person.language == "de"


def test_nobody_joins_an_event_that_is_not_there(app, program):
    answer = program().post("/events/XXXXXX/participants", {"name": "Ada"})
    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"


def test_nobody_joins_when_joining_is_locked(event, program):
    with transaction():
        actions.lock_joining(event, True)
    answer = program().post(f"/events/{event.code}/participants", {"name": "Ada"})
    assert answer.status_code == 409


def test_an_account_joins_as_itself_and_only_once(event, account, program):
    member = program(account(name="Mia"))
    path = f"/events/{event.code}/participants"
    first, again = (member.post(path, {"name": "Mia"}) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json["participant_id"] == again.json["participant_id"]
    assert member.get(f"/events/{event.code}").json["me"]["id"] == first.json["participant_id"]


def test_who_was_removed_does_not_come_back(event, account, program, enter):
    guest, member = enter(event), program(account())
    joined = member.post(f"/events/{event.code}/participants", {"name": "Mia"})
    mia = program(joined.json["token"])
    with transaction():
        actions.remove_person(guest.person)
        actions.remove_person(mia.person)
    assert guest.get(f"/events/{event.code}").status_code == 401
    assert mia.get(f"/events/{event.code}").status_code == 401
    assert member.get(f"/events/{event.code}").status_code == 404
    again = member.post(f"/events/{event.code}/participants", {"name": "Mia"})
    assert again.status_code == 403


def test_any_call_renews_the_lease_but_not_each(event, enter):
    ada = enter(event)
    fresh = ada.person.present_until
    ada.get(f"/events/{event.code}")
    assert ada.person.present_until == fresh
    with transaction():
        ada.person.present_until = now() + timedelta(seconds=20)
    ada.get(f"/events/{event.code}")
    assert ada.person.present_until > now() + timedelta(seconds=40)


def test_a_call_after_an_absence_is_an_arrival(event, enter, announced):
    ada = enter(event)
    with transaction():
        ada.person.present_until = None
    before = len(announced(event.channel))
    ada.get(f"/events/{event.code}")
    assert ada.person.is_present
    assert [type(fact).__name__ for fact in announced(event.channel)[before:]] == [
        "ParticipantArrived"
    ]


def test_wrong_codes_are_limited_and_joining_is_not(event, program, limited):
    caller = program()
    path = "/events/XXXXXX/participants"
    answers = [caller.post(path, {"name": "A"}) for _ in range(405)]  # a minute may end meanwhile
    assert answers[0].status_code == 404
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 0 <= int(refused.headers["Retry-After"]) <= 60


def test_a_whole_hall_joins_from_one_address(event, program, limited):
    caller = program()
    statuses = {
        caller.post(f"/events/{event.code}/participants", {"name": "A"}).status_code
        for _ in range(200)
    }
    assert statuses == {201}


def test_a_role_cannot_be_asked_for(event, program):
    path = f"/events/{event.code}/participants"
    answer = program().post(path, {"name": "Ada", "role": Role.MODERATOR})
    assert answer.status_code == 422
    assert answer.json["field"] == "role"
