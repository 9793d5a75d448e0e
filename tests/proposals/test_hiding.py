import pytest

from app.errors import NotFound
from app.realtime import View
from tests.ears import Ear
from tests.proposals.topics import propose


def test_a_hidden_proposal_is_gone_from_all_pages_at_once(
    aspect, participant, moderator, host, event, hear
):
    proposal = propose(aspect, participant, "Nonsense")
    hall, screen = hear(event, View.HALL), hear(event, View.SCREEN)
    assert moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}").status_code == 303
    assert f'action="remove" target="proposal-{proposal.id}"' in hall.html
    assert f'action="remove" target="talk-{proposal.id}"' in hall.html
    for html in (hall.html, screen.html, host.get(f"/aspects/{aspect.id}").text):
        assert "Nonsense" not in html
    assert host.get(f"/proposals/{proposal.id}").status_code == 404


def test_its_author_and_moderators_still_see_it(aspect, participant, moderator, event):
    proposal = propose(aspect, participant, "Nonsense")
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    for visitor in (participant, moderator):
        assert "Hidden by the moderators" in visitor.get(f"/proposals/{proposal.id}").text


def test_it_comes_back_when_it_is_shown_again(aspect, participant, moderator, host, event, hear):
    proposal = propose(aspect, participant, "Sensible after all")
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    hall = hear(event, View.HALL)
    moderator.delete(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    assert "Sensible after all" in hall.html
    assert 'action="remove"' not in hall.html
    assert "Sensible after all" in host.get(f"/aspects/{aspect.id}").text


def test_what_is_hidden_leaves_the_screen_and_does_not_return(
    aspect, participant, moderator, event
):
    proposal = propose(aspect, participant, "Nonsense")
    moderator.post(f"/e/{event.code}/highlight/proposal/{proposal.id}")
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    assert "Nonsense" not in moderator.get(f"/e/{event.code}/screen").text
    answer = moderator.post(f"/e/{event.code}/highlight/proposal/{proposal.id}")
    assert answer.status_code == 409


def test_an_edit_of_what_is_hidden_is_not_heard(aspect, participant, moderator, event, hear):
    proposal = propose(aspect, participant, "Nonsense")
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    hall = hear(event, View.HALL)
    participant.post(f"/proposals/{proposal.id}", {"text": "More nonsense"})
    assert "ore nonsense" not in hall.html


def test_only_moderators_hide_and_highlight(aspect, participant, host, event):
    proposal = propose(aspect, participant)
    for visitor in (participant, host):
        for what in ("hidden", "highlight"):
            url = f"/e/{event.code}/{what}/proposal/{proposal.id}"
            assert visitor.post(url).status_code == 403


def test_moderators_of_another_event_hide_nothing(aspect, participant, other_event, appoint):
    from app.permissions import Role

    proposal = propose(aspect, participant)
    stranger = appoint(other_event, Role.MODERATOR)
    url = f"/e/{other_event.code}/hidden/proposal/{proposal.id}"
    assert stranger.post(url).status_code == 404


def test_who_hears_what_is_said_about_it_hears_nothing_more(
    app, aspect, participant, moderator, host, event
):
    proposal = propose(aspect, participant, "Nonsense")
    ear = Ear(app, host.audience(proposal.thread.channel))
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    assert ear.is_closed
    with pytest.raises(NotFound):
        host.audience(proposal.thread.channel)
    for visitor in (participant, moderator):
        visitor.audience(proposal.thread.channel)
