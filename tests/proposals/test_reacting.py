import pytest

from app.database import transaction
from app.events import merging
from app.events.models import Participant
from app.extensions import db
from app.proposals.queries import card_of
from app.reactions.models import ProposalReaction
from app.realtime import View
from tests.factories import look_again
from tests.proposals.topics import propose


@pytest.fixture
def proposal(aspect, participant):
    return propose(aspect, participant)


def counts(proposal):
    look_again()
    return {kind.value: count for kind, count in card_of(proposal).reactions.items()}


def test_a_word_with_one_tap_is_counted_once_and_taken_back(proposal, host, event, hear):
    hall, mine = hear(event, View.HALL), hear(host)
    url = f"/proposals/{proposal.id}/reactions/helpful"
    for _ in range(2):
        assert host.post(url, {"supported": "1"}).status_code == 303
        assert host.put(url).status_code == 303
    assert counts(proposal) == {"helpful": 1, "thanks": 0}
    assert f'id="proposal-{proposal.id}"' in hall.html
    assert f"helpful-proposal-{proposal.id}" in mine.html
    assert host.post(url, {"supported": "0"}).status_code == 303
    assert counts(proposal) == {"helpful": 0, "thanks": 0}


def test_who_may_not(proposal, participant, observer, outsider, host):
    url = f"/proposals/{proposal.id}/reactions/thanks"
    for person, status in ((participant, 409), (observer, 403), (outsider, 401)):
        assert person.post(url).status_code == status
    assert host.post(f"/proposals/{proposal.id}/reactions/agree").status_code == 404
    assert counts(proposal) == {"helpful": 0, "thanks": 0}


def test_what_was_merged_counts_with_it_each_person_once(
    aspect, proposal, host, moderator, event, join
):
    other = propose(aspect, host, "Call round", "b")
    both = join(event)
    for each in (proposal, other):
        both.post(f"/proposals/{each.id}/reactions/thanks")
    join(event).post(f"/proposals/{other.id}/reactions/thanks")
    moderator.post(f"/proposals/{other.id}/merger", {"into": str(proposal.id)})
    assert counts(proposal)["thanks"] == 2
    moderator.delete(f"/proposals/{other.id}/merger")
    assert counts(proposal)["thanks"] == 1


def test_one_takes_ones_words_along_and_deletes_them(proposal, event, join):
    ada = join(event, "Ada")
    ada.post(f"/proposals/{proposal.id}/reactions/thanks")
    said = ada.get(f"/e/{event.code}/me.json").json["proposals"]["reactions"]
    assert said == [{"proposal": proposal.id, "said": "thanks"}]
    ada.delete(f"/e/{event.code}/me")
    assert counts(proposal)["thanks"] == 0


def test_a_guest_who_turns_out_to_be_a_member_has_said_it_once(
    aspect, proposal, event, join, participant
):
    guest, member = join(event), join(event)
    own = propose(aspect, member, "Mine", "m")
    for person in (guest, member):
        person.post(f"/proposals/{proposal.id}/reactions/thanks")
        person.post(f"/proposals/{proposal.id}/flags")
    for what in ("support", "reactions/helpful", "flags"):
        guest.post(f"/proposals/{own.id}/{what}")
    guest.post(f"/proposals/{proposal.id}/reactions/helpful")
    with transaction():
        people = [db.session.get_one(Participant, one.participant_id) for one in (guest, member)]
        merging.merge(*people)
    assert counts(proposal) == {"helpful": 1, "thanks": 1}
    assert counts(own) == {"helpful": 0, "thanks": 0}
    rows = db.session.query(ProposalReaction).filter_by(participant_id=member.participant_id)
    assert rows.count() == 2


def test_what_is_hidden_or_taken_back_does_not_count_where_it_was_merged(
    aspect, proposal, host, moderator, event, join
):
    others = [propose(aspect, host, text, text) for text in ("Call round", "Ring the bell")]
    for other in others:
        join(event).post(f"/proposals/{other.id}/reactions/helpful")
        moderator.post(f"/proposals/{other.id}/merger", {"into": str(proposal.id)})
    assert counts(proposal)["helpful"] == 2
    moderator.post(f"/e/{event.code}/hidden/proposal/{others[0].id}")
    assert counts(proposal)["helpful"] == 1
    host.delete(f"/proposals/{others[1].id}")
    assert counts(proposal)["helpful"] == 0


def test_nobody_counts_at_their_own_proposal_through_what_was_merged(
    aspect, proposal, participant, host, moderator
):
    other = propose(aspect, host, "Call round", "b")
    participant.post(f"/proposals/{other.id}/reactions/helpful")
    assert counts(other)["helpful"] == 1
    moderator.post(f"/proposals/{other.id}/merger", {"into": str(proposal.id)})
    assert counts(proposal)["helpful"] == 0
