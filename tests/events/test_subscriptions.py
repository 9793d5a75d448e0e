import pytest

from app.database import transaction
from app.errors import DomainError, NeedsSignIn, NotFound, Refused
from app.events import actions
from app.events.identity import participant_in
from app.identity import TokenKind, issue, present_token
from app.permissions import Role
from app.realtime import Audience, View
from app.realtime.audiences import audience_for


def test_everybody_in_the_event_hears_the_hall_and_roles_get_the_same(
    event, participant, moderator, host, observer
):
    audiences = {
        visitor.audience(f"event:{event.code}")
        for visitor in (participant, moderator, host, observer)
    }
    assert audiences == {Audience(f"event:{event.code}", event.channel, View.HALL, "en")}


def test_each_hears_in_their_language(event, join):
    assert join(event, language="de").audience(f"event:{event.code}").language == "de"
    assert join(event, language="en").audience(f"event:{event.code}").language == "en"


def test_strangers_hear_nothing(event, outsider, browser):
    from tests.browsers import Visitor

    for visitor in (outsider, Visitor(browser(), event.id)):
        for channel in ("event", "cockpit"):
            with pytest.raises((NeedsSignIn, NotFound)):
                visitor.audience(f"{channel}:{event.code}")


@pytest.mark.parametrize("role", ["participant", "host", "observer"])
def test_the_cockpit_is_for_moderators_only(event, moderator, role, request):
    assert moderator.audience(f"cockpit:{event.code}").view is View.COCKPIT
    with pytest.raises(Refused):
        request.getfixturevalue(role).audience(f"cockpit:{event.code}")


def test_the_screen_is_for_who_holds_its_link_or_leads_the_event(
    event, moderator, participant, browser
):
    from tests.browsers import Visitor

    projector = Visitor(browser("de"), event.id)
    with pytest.raises(NotFound):
        projector.audience(f"screen:{event.code}")
    with transaction():
        secret = actions.new_screen_link(event)
    projector.get(f"/screen/{secret}")
    audience = projector.audience(f"screen:{event.code}")
    assert (audience.view, audience.language) == (View.SCREEN, event.language)
    assert moderator.audience(f"screen:{event.code}") == audience
    with pytest.raises(NotFound):
        participant.audience(f"screen:{event.code}")
    with transaction():
        actions.close_screen(event)
    with pytest.raises(NotFound):
        projector.audience(f"screen:{event.code}")


def test_a_screens_link_opens_the_screen_of_its_event_only(event, other_event, browser):
    from tests.browsers import Visitor

    with transaction():
        secret = actions.new_screen_link(event)
    projector = Visitor(browser(), event.id)
    projector.get(f"/screen/{secret}")
    for channel in (f"screen:{other_event.code}", f"event:{event.code}", f"cockpit:{event.code}"):
        with pytest.raises(DomainError):
            projector.audience(channel)


def test_what_is_personal_is_for_that_person_only(event, participant, join, moderator):
    own = participant.audience(f"participant:{participant.participant_id}")
    assert own.view is View.PERSON
    assert own.channel == participant.person.channel
    for other in (join(event), moderator):
        with pytest.raises(NotFound):
            other.audience(f"participant:{participant.participant_id}")


def test_who_was_removed_hears_nothing_any_more(event, participant):
    with transaction():
        actions.remove_person(participant.person)
    for channel in (f"event:{event.code}", f"participant:{participant.participant_id}"):
        with pytest.raises(DomainError):
            participant.audience(channel)


@pytest.mark.parametrize(
    "name",
    [
        None,
        7,
        {},
        [],
        "",
        "event",
        "event:",
        ":",
        "nothing:1",
        "event:" + "x" * 65,
        "event:NOPE",
        "participant:x",
        "participant:0",
        "participant:99999999999999999999",
        "event:é",
        "participant:²",
    ],
)
def test_what_is_no_channel_is_not_found(participant, name):
    with pytest.raises(NotFound):
        participant.audience(name)


def test_codes_are_found_however_they_are_typed_but_the_channel_keeps_the_pages_name(
    event, participant
):
    typed = f"{event.code[:3]} {event.code[3:]}".lower()
    audience = participant.audience(f"event:{typed}")
    assert audience.channel == f"event:{typed}"
    assert audience.source == event.channel


def test_a_tokens_bearer_is_its_participant_and_hears_in_their_language(app, event, participant):
    with transaction():
        participant.person.language = "de"
        secret = issue(TokenKind.API, participant_id=participant.participant_id)
    person_id, code = participant.participant_id, event.code
    with app.test_request_context(headers={"Accept-Language": "en"}):
        present_token(secret)
        audience = audience_for(f"event:{code}")
        assert audience.language == "de"
        assert participant_in(event).id == person_id


def test_a_return_link_is_no_token_for_the_socket(app, event, participant):
    with transaction():
        secret = actions.new_return_link(participant.person)
    code = event.code
    with app.test_request_context():
        present_token(secret)
        with pytest.raises(NeedsSignIn):
            audience_for(f"event:{code}")


def test_a_role_is_asked_anew_for_each_subscription(event, participant):
    with pytest.raises(Refused):
        participant.audience(f"cockpit:{event.code}")
    with transaction():
        actions.change_person(participant.person, role=Role.MODERATOR)
    assert participant.audience(f"cockpit:{event.code}").view is View.COCKPIT
