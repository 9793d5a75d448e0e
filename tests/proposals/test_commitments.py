import pytest

from app.extensions import db
from app.proposals.models import OfficialAnswer
from app.realtime import View
from tests.factories import look_again
from tests.proposals.test_answering import answer_to


def commit(aspect, host, state="in_progress", why="The money is there", **more):
    form = {"text": "We help", "key": "k", "state": state, "why": why, **more}
    return host.post(f"/aspects/{aspect.id}/answers", form)


def the_answer():
    look_again()
    return db.session.query(OfficialAnswer).one()


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("in_progress", "taken up"),
        ("examined", "being examined"),
        ("declined", "not possible"),
    ],
)
def test_an_answer_says_what_it_commits_to_and_why(
    aspect, host, participant, event, hear, state, name
):
    hall = hear(event, View.HALL)
    assert commit(aspect, host, state).status_code == 303
    for page in (hall.html, participant.get(f"/aspects/{aspect.id}").text):
        assert f'is-{state}">{name}<' in page
        assert "The money is there" in page


def test_an_answer_need_not_commit_to_anything(aspect, host, participant):
    answer_to(aspect, host)
    assert the_answer().state is None
    assert "request-state" not in participant.get(f"/aspects/{aspect.id}").text


def test_what_was_taken_up_is_done_at_some_time_or_not_yet(
    aspect, host, moderator, participant, event, hear
):
    commit(aspect, host)
    answer, hall = the_answer(), hear(event, View.HALL)
    since = answer.state_at
    assert moderator.post(f"/answers/{answer.id}/fulfilment").status_code == 303
    assert 'is-done">done<' in hall.html
    assert the_answer().state_at > since
    assert host.delete(f"/answers/{answer.id}/fulfilment").status_code == 303
    assert the_answer().state == "in_progress"
    assert "earlier" in participant.get(f"/aspects/{aspect.id}").text.lower()


@pytest.mark.parametrize("state", ["", "examined", "declined"])
def test_what_was_not_taken_up_is_not_done(aspect, host, state):
    commit(aspect, host, state)
    assert host.post(f"/answers/{the_answer().id}/fulfilment").status_code == 409


def test_others_do_not_say_that_it_is_done(aspect, host, participant, observer, outsider):
    commit(aspect, host)
    url = f"/answers/{the_answer().id}/fulfilment"
    for person, status in ((participant, 403), (observer, 403), (outsider, 401)):
        assert person.post(url).status_code == status
        assert person.delete(url).status_code == status
    assert the_answer().state == "in_progress"


@pytest.mark.parametrize(
    "more",
    [{"state": "open"}, {"state": "nonsense"}, {"why": "x" * 201}, {"organisation": "x" * 121}],
)
def test_what_is_no_commitment_is_refused(aspect, host, more):
    form = {"text": "We help", "key": "k", "state": "examined", **more}
    assert host.post(f"/aspects/{aspect.id}/answers", form).status_code == 422
    assert db.session.query(OfficialAnswer).count() == 0


def test_for_which_organisation_it_is_said_is_kept_and_stays_without_the_name(
    aspect, host, event, participant
):
    commit(aspect, host, organisation="The centre")
    host.delete(f"/e/{event.code}/me")
    page = participant.get(f"/aspects/{aspect.id}").text
    assert "The centre" in page
    assert "Hanna Host" not in page


def test_a_preview_without_a_script_keeps_what_was_chosen(aspect, host):
    form = {"text": "*Yes*", "state": "examined", "why": "Not yet clear", "preview": "1"}
    page = host.post(f"/aspects/{aspect.id}/answers", form).text
    assert '<option value="examined" selected>' in page
    assert 'value="Not yet clear"' in page


def test_an_edit_may_take_the_commitment_away(aspect, host):
    commit(aspect, host)
    answer = the_answer()
    form = host.get(f"/answers/{answer.id}/edit").text
    assert '<option value="in_progress" selected>' in form
    host.post(f"/answers/{answer.id}", {"text": "We help", "state": "", "why": "left over"})
    assert (the_answer().state, the_answer().why) == (None, "")
    assert the_answer().edited_at is None
