import pytest

from app.database import found, transaction
from app.extensions import db
from app.outbox import position
from app.proposals import actions
from app.proposals.facts import ProposalSupported
from app.proposals.models import Proposal, ProposalSupport
from app.proposals.queries import card_of
from app.realtime import View
from tests.proposals.topics import propose
from tests.together import failures, together


@pytest.fixture
def proposal(aspect, participant):
    return propose(aspect, participant)


def test_support_is_counted_once(proposal, host, event, hear):
    hall = hear(event, View.HALL)
    for _ in range(2):
        assert host.post(f"/proposals/{proposal.id}/support", {"supported": "1"}).status_code == 303
        assert host.put(f"/proposals/{proposal.id}/support").status_code == 303
    assert card_of(proposal).supports == 1
    assert '<span class="count">1</span>' in hall.html


def test_support_is_taken_back(proposal, host, moderator):
    for visitor in (host, moderator):
        visitor.post(f"/proposals/{proposal.id}/support")
    for _ in range(2):
        answer = host.post(f"/proposals/{proposal.id}/support", {"supported": "0"})
        assert answer.status_code == 303
        assert host.delete(f"/proposals/{proposal.id}/support").status_code == 303
    assert card_of(proposal).supports == 1


def test_ones_own_proposal_is_not_supported(proposal, participant):
    assert participant.post(f"/proposals/{proposal.id}/support").status_code == 409
    assert card_of(proposal).supports == 0


def test_observers_do_not_support(proposal, observer):
    assert observer.post(f"/proposals/{proposal.id}/support").status_code == 403


def test_nobody_from_outside_supports(proposal, outsider, browser):
    assert outsider.post(f"/proposals/{proposal.id}/support").status_code == 401
    assert browser().post(f"/proposals/{proposal.id}/support").status_code == 401


def test_nobody_supports_what_is_hidden_or_not_there(proposal, join, event, moderator):
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    assert join(event).post(f"/proposals/{proposal.id}/support").status_code == 404
    assert join(event).post("/proposals/999/support").status_code == 404


def test_only_the_supporter_sees_it_marked(proposal, host, participant, hear):
    mine, theirs = hear(host), hear(participant)
    answer = host.post(f"/proposals/{proposal.id}/support", live=True)
    for html in (answer.text, mine.html):
        assert f'data-supported="proposal-{proposal.id}"' in html
    assert theirs.html == ""


def test_many_at_once_count_each_person_once(app, proposal, event, join):
    people = [join(event).participant_id for _ in range(4)]
    id = proposal.id

    def say(participant_id):
        def deed():
            from app.events.models import Participant

            with transaction():
                actions.support(found(Proposal, id), found(Participant, participant_id), True)

        return deed

    results = together(app, *(say(person) for person in people for _ in range(3)))
    assert failures(results) == []
    assert db.session.query(ProposalSupport).count() == 4


def test_whoever_deletes_their_data_counts_no_longer_where_it_was_merged(
    aspect, participant, host, moderator, event, join, announced
):
    kept, other = propose(aspect, participant), propose(aspect, host, "Call round", "b")
    person = join(event)
    person.post(f"/proposals/{other.id}/support")
    moderator.post(f"/proposals/{other.id}/merger", {"into": str(kept.id)})
    before = position(event.channel)
    person.delete(f"/e/{event.code}/me")
    told = announced(event.channel, before)
    assert ProposalSupported(event.id, kept.id) in told
    assert ProposalSupported(event.id, other.id) not in told
