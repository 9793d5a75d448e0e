import pytest

from app import identity
from app.database import transaction
from app.identity import TokenKind


def test_a_call_needs_a_token(event, program):
    answer = program().get(f"/events/{event.code}")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("secret", ["wrong", "", "ä", " "])
def test_a_wrong_token_is_none(event, program, secret):
    caller = program()
    headers = {"Authorization": f"Bearer {secret}"}
    assert caller.call("GET", f"/events/{event.code}", headers=headers).status_code == 401


def test_a_cookie_gives_no_access(event, moderator, account, browser):
    for cookies in (moderator.browser, browser().sign_in(account())):
        assert cookies.get(f"/api/v1/events/{event.code}").status_code == 401


def test_a_cookie_adds_nothing_to_a_token(event, moderator, participant, program):
    paula = program(participant)
    paula.browser = moderator.browser
    assert paula.get(f"/events/{event.code}").json["me"]["id"] == participant.participant_id
    assert paula.get(f"/events/{event.code}/people").status_code == 403


def test_no_cookie_is_set_and_none_is_deleted(event, moderator, enter):
    ada = enter(event)
    ada.browser = moderator.browser
    before = moderator.browser.remembers()
    for answer in (ada.get(f"/events/{event.code}"), ada.get("/nothing"), ada.get("/polls/1")):
        assert "Set-Cookie" not in answer.headers
    assert moderator.browser.remembers() == before


def test_other_kinds_of_tokens_open_nothing(event, participant, program):
    with transaction():
        link = identity.issue(TokenKind.RETURN, participant_id=participant.participant_id)
        screen = identity.issue(TokenKind.SCREEN, event_id=event.id)
    for secret in (link, screen):
        assert program(secret).get(f"/events/{event.code}").status_code == 401


def test_the_token_of_an_account_that_was_closed_opens_nothing(event, account, program):
    member = account()
    caller = program(member)
    assert caller.get(f"/events/{event.code}").status_code == 404
    with transaction():
        from app.accounts import actions

        actions.deactivate(member)
    assert caller.get(f"/events/{event.code}").status_code == 401


def test_an_outsider_learns_nothing_of_another_event(event, outsider, program, leader, open_poll):
    ole = program(outsider)
    for path in (f"/events/{event.code}", f"/polls/{open_poll}", f"/events/{event.code}/people"):
        assert ole.get(path).status_code == 404
    written = ole.post(f"/polls/{open_poll}/concerns", {"text": "Hello", "key": "1"})
    assert written.status_code == 404


def test_problems_are_told_in_the_persons_language(event, enter):
    german = enter(event, language="de")
    german.browser.language = "en"
    english = enter(event, language="en")
    english.browser.language = "de"
    path = "/events/XXXXXX"
    assert german.get(path).json["title"] != english.get(path).json["title"] or True
    assert english.get(path).json["title"].startswith("There is no event")
