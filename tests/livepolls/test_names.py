"""Anonymous to others, or named: what was said under the one promise is never told by the other."""

import pytest

from app.permissions import Role
from app.realtime import View
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll, support, write
from tests.livepolls.test_publishing import all_that_they_read

ADA = "Ada Anonymous"


@pytest.fixture
def ada(event, join):
    """Who has something to say."""
    return join(event, ADA)


@pytest.fixture
def named_poll(event):
    """A poll in which everybody reads who has voiced what."""
    return open_poll(event, item_of_kind(event, "poll"), named="yes")


def change(visitor, poll, **settings):
    form = {f"setting-poll-{name}": value for name, value in settings.items()}
    answer = visitor.post(f"/polls/{poll.id}", {"question": poll.question, **form})
    assert answer.status_code == 303, answer.text


def gather(poll, moderator, *concerns):
    moderator.post(f"/polls/{poll.id}/closure")
    form = {"title": "Families", "concern": [concern.id for concern in concerns]}
    moderator.post(f"/polls/{poll.id}/aspects", form)
    moderator.post(f"/polls/{poll.id}/choice")


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.HOST, Role.OBSERVER])
def test_an_anonymous_name_leaves_the_server_on_no_way(
    event, poll, ada, moderator, appoint, role, hear, indexed_at_once
):
    other = appoint(event, role, "Olga Other")
    ears = [hear(event), hear(event, View.SCREEN), hear(other)]
    concern = write(poll, ada, "Childcare in the afternoon")
    support(concern, moderator)
    moderator.post(f"/e/{event.code}/highlight/concern/{concern.id}")
    told = [all_that_they_read(other, poll)]
    gather(poll, moderator, concern)
    told += [all_that_they_read(other, poll), *(ear.html for ear in ears)]
    assert "Childcare" in told[0]
    for text in told:
        assert ADA not in text
    assert ADA in moderator.get(f"/e/{event.code}/cockpit").text


def test_who_writes_is_told_who_will_know(event, poll, ada, moderator):
    page = ada.get(f"/e/{event.code}").text
    assert "Others do not see your name, only the moderators do." in page
    change(moderator, poll, named="yes", moderated="yes")
    page = ada.get(f"/e/{event.code}").text
    assert "Everybody reads your name with it. The moderators read it before" in page


def test_a_named_concern_is_signed_in_the_hall_and_in_the_results(
    event, named_poll, ada, participant, moderator, hear
):
    hall = hear(event)
    concern = write(named_poll, ada, "Childcare")
    assert ADA in hall.html
    assert ADA in participant.get(f"/e/{event.code}").text
    gather(named_poll, moderator, concern)
    for page in ("", "/results"):
        assert ADA in participant.get(f"/e/{event.code}{page}").text


def test_what_was_said_anonymously_gets_no_name_when_others_do(
    event, poll, ada, participant, moderator, hear
):
    write(poll, ada, "Childcare")
    hall = hear(event)
    change(moderator, poll, named="yes")
    assert ADA not in hall.html
    assert ADA not in all_that_they_read(participant, poll)
    write(poll, ada, "Meetings")
    assert participant.get(f"/e/{event.code}").text.count(ADA) == 1


def test_names_go_from_all_pages_when_a_poll_becomes_anonymous(
    event, named_poll, ada, participant, moderator, hear
):
    write(named_poll, ada, "Childcare")
    hall = hear(event)
    change(moderator, named_poll)
    assert 'target="stage"' in hall.html
    assert ADA not in hall.html
    assert ADA not in all_that_they_read(participant, named_poll)


def voice(visitor, poll, **promised):
    form = {"text": "Childcare", "key": "k", **promised}
    assert visitor.post(f"/polls/{poll.id}/concerns", form).status_code == 303


def promise(visitor, poll):
    """What the page says of the name, and what its form sends: no more than that it is named."""
    page = visitor.get(f"/e/{poll.event.code}").text
    says, sends = "Everybody reads your name with it." in page, 'name="named" value="1"' in page
    assert says == sends
    return {"named": "1"} if sends else {}


def test_who_writes_while_a_poll_becomes_named_stays_anonymous_as_the_page_said(
    event, poll, ada, participant, moderator, hear
):
    promised, hall = promise(ada, poll), hear(event)
    change(moderator, poll, named="yes")
    voice(ada, poll, **promised)
    assert "Childcare" in hall.html
    assert ADA not in hall.html + all_that_they_read(participant, poll)


def test_who_was_told_that_all_read_their_name_is_named(event, poll, ada, participant, moderator):
    change(moderator, poll, named="yes")
    voice(ada, poll, **promise(ada, poll))
    assert ADA in participant.get(f"/e/{event.code}").text


def test_who_writes_while_a_poll_becomes_anonymous_is_so(
    event, named_poll, ada, participant, moderator
):
    promised = promise(ada, named_poll)
    assert promised
    change(moderator, named_poll)
    voice(ada, named_poll, **promised)
    change(moderator, named_poll, named="yes")
    assert ADA not in all_that_they_read(participant, named_poll)


def test_the_page_is_told_the_new_promise_with_the_field_that_sends_it(
    event, poll, moderator, hear
):
    hall = hear(event)
    change(moderator, poll, named="yes")
    part = hall.html.split(f'id="concern-promise-{poll.id}"')[1].split("</p>")[0]
    assert "Everybody reads your name with it." in part
    assert 'name="named" value="1"' in part


def test_whoever_withdraws_takes_their_name_along(event, named_poll, ada, participant):
    concern = write(named_poll, ada, "Childcare")
    support(concern, participant)
    ada.delete(f"/concerns/{concern.id}")
    page = participant.get(f"/e/{event.code}").text
    assert "Childcare" in page
    assert ADA not in page


def test_the_projector_shows_no_name_and_exports_of_others_none(
    event, named_poll, ada, participant, moderator
):
    concern = write(named_poll, ada, "Childcare")
    moderator.post(f"/e/{event.code}/highlight/concern/{concern.id}")
    assert ADA not in moderator.get(f"/e/{event.code}/screen").text
    assert ADA not in participant.get(f"/polls/{named_poll.id}/export?format=json").text
