import pytest

from app.database import transaction
from app.extensions import db
from app.livepolls import actions as poll_actions
from app.livepolls.models import FlashPoll
from app.proposals.models import Proposal
from app.realtime import View
from tests.proposals.topics import add_step, choose_aspects, proposal_with, propose, start


def test_a_proposal_stands_under_its_aspect_for_everybody(
    aspect, participant, host, event, join, municipality
):
    ada = join(event, "Ada", municipality("Musterstadt"))
    propose(aspect, ada, "Let us *visit* them.")
    page = host.get(f"/aspects/{aspect.id}").text
    assert "Let us <em>visit</em> them." in page
    assert "Musterstadt" in page


def test_the_hall_hears_of_it_at_once(aspect, participant, event, hear):
    hall, cockpit, screen = (hear(event, view) for view in (View.HALL, View.COCKPIT, View.SCREEN))
    proposal = propose(aspect, participant, "Visit them")
    assert f'action="prepend" target="proposals-{aspect.id}"' in hall.html
    assert f'id="proposal-{proposal.id}"' in hall.html
    assert "Visit them" in cockpit.html
    assert "1 proposal" in screen.html
    assert "Visit them" not in screen.html
    for ear in (hall, cockpit, screen):
        assert "csrf_token" not in ear.html


def test_the_same_key_makes_one_proposal(aspect, participant):
    for _ in range(2):
        propose(aspect, participant, "Visit them", "k")
    assert db.session.query(Proposal).count() == 1


def test_the_same_key_with_another_text_is_a_conflict(aspect, participant):
    propose(aspect, participant, "Visit them", "k")
    answer = participant.post(f"/aspects/{aspect.id}/proposals", {"text": "Call", "key": "k"})
    assert answer.status_code == 409
    assert "Call" in answer.text


@pytest.mark.parametrize("text", ["", "  ", "x" * 2001])
def test_nothing_and_too_much_are_refused(aspect, participant, text):
    answer = participant.post(f"/aspects/{aspect.id}/proposals", {"text": text})
    assert answer.status_code == 422


def test_observers_may_not_propose(aspect, observer):
    answer = observer.post(f"/aspects/{aspect.id}/proposals", {"text": "May I?"})
    assert answer.status_code == 403


def test_people_of_another_event_find_nothing(aspect, outsider, browser):
    for visitor in (outsider, browser()):
        assert visitor.get(f"/aspects/{aspect.id}").status_code == 401
        answer = visitor.post(f"/aspects/{aspect.id}/proposals", data={"text": "May I?"})
        assert answer.status_code == 401


def test_nothing_is_proposed_while_moderators_still_sort(aspect, participant, moderator):
    moderator.delete(f"/polls/{aspect.poll_id}/choice")
    answer = participant.post(f"/aspects/{aspect.id}/proposals", {"text": "Too early"})
    assert answer.status_code == 409
    assert "Too early" in answer.text


def test_nothing_is_proposed_under_an_aspect_that_was_not_chosen(event, participant):
    aspects = choose_aspects(event, participant, ("One", "Two"))
    with transaction():
        poll = db.session.get_one(FlashPoll, aspects[0].poll_id)
        poll_actions.unfreeze(poll)
        poll_actions.choose_aspects(poll, [aspects[0].id])
    answer = participant.post(f"/aspects/{aspects[1].id}/proposals", {"text": "Here"})
    assert answer.status_code == 409
    assert participant.get(f"/aspects/{aspects[1].id}").status_code == 200


def test_proposals_are_taken_from_their_step_of_the_agenda_on(aspect, event, participant):
    add_step(event)
    url = f"/aspects/{aspect.id}/proposals"
    assert participant.post(url, {"text": "Too early"}).status_code == 409
    assert f'action="{url}"' not in participant.get(f"/aspects/{aspect.id}").text
    start(event, "proposals")
    assert f'action="{url}"' in participant.get(f"/e/{event.code}").text
    propose(aspect, participant, "Now", "now")
    start(event, "welcome")
    propose(aspect, participant, "Still", "still")


def test_the_stage_shows_each_chosen_aspect(event, participant, host):
    add_step(event)
    aspects = choose_aspects(event, participant, ("Parents", "Politics"))
    start(event, "proposals")
    propose(aspects[0], participant, "Visit them")
    page = host.get(f"/e/{event.code}").text
    for shown in ("Parents", "Politics", "Visit them", f'id="proposals-{aspects[1].id}"'):
        assert shown in page


def test_before_the_choice_the_stage_says_what_will_come(event, participant, moderator):
    add_step(event)
    start(event, "proposals")
    assert "The aspects are not chosen yet." in participant.get(f"/e/{event.code}").text
    assert "The aspects are not chosen yet." in moderator.get(f"/e/{event.code}/cockpit").text
    assert moderator.get(f"/e/{event.code}/screen").status_code == 200


def test_a_preview_without_a_script_keeps_text_and_key(aspect, participant):
    form = {"text": "a *word*", "key": "k7", "preview": "1"}
    answer = participant.post(f"/aspects/{aspect.id}/proposals", form)
    assert "a <em>word</em>" in answer.text
    assert 'value="k7"' in answer.text
    assert db.session.query(Proposal).count() == 0


def test_a_live_page_hears_its_own_proposal_in_the_answer(aspect, participant):
    answer = participant.post(f"/aspects/{aspect.id}/proposals", {"text": "At once"}, live=True)
    proposal = proposal_with("At once")
    assert f'id="proposal-{proposal.id}"' in answer.text
    assert f'proposal-{proposal.id}"' in answer.text.split("data-own=")[1]


def test_the_page_of_an_aspect_leads_back_to_its_concerns(aspect, host):
    page = host.get(f"/aspects/{aspect.id}").text
    assert "What do you want advice on?" in page
    assert "How? Parents" in page


def test_the_page_of_an_aspect_hides_hidden_concerns(aspect, event, host, moderator):
    concern = aspect.concerns[0]
    moderator.post(f"/e/{event.code}/hidden/concern/{concern.id}")
    assert "How? Parents" not in host.get(f"/aspects/{aspect.id}").text


def test_an_aspect_has_no_page_for_others_before_the_choice(aspect, participant, moderator):
    moderator.delete(f"/polls/{aspect.poll_id}/choice")
    assert participant.get(f"/aspects/{aspect.id}").status_code == 404
    assert moderator.get(f"/aspects/{aspect.id}").status_code == 200


@pytest.mark.usefixtures("limited")
def test_proposals_are_limited_for_each_person(aspect, participant, host):
    url = f"/aspects/{aspect.id}/proposals"
    answers = [participant.post(url, {"text": f"Idea {n}"}).status_code for n in range(41)]
    assert answers[0] == 303
    assert answers[-1] == 429
    assert host.post(url, {"text": "Mine"}).status_code == 303
