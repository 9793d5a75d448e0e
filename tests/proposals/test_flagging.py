import pytest

from app.extensions import db
from app.proposals.models import ProposalFlag
from app.proposals.queries import flagged_in
from app.realtime import View
from tests.factories import look_again
from tests.proposals.topics import add_step, propose, start


@pytest.fixture
def proposal(aspect, participant):
    return propose(aspect, participant, "Names of families")


def flag(person, proposal, reason=""):
    return person.post(f"/proposals/{proposal.id}/flags", {"reason": reason})


def test_moderators_alone_hear_of_it_and_nobody_who_it_was(proposal, event, host, moderator, hear):
    add_step(event)
    start(event, "proposals")
    cockpit, hall = hear(event, View.COCKPIT), hear(event, View.HALL)
    assert "Nobody is told" in host.get(f"/proposals/{proposal.id}/flags/new").text
    assert flag(host, proposal, "It names somebody").status_code == 303
    assert "It names somebody" in cockpit.html
    assert "Hanna Host" not in cockpit.html
    assert hall.html == ""
    page = moderator.get(f"/e/{event.code}/cockpit").text
    assert "Reported by one person" in page
    assert "It names somebody" in page


def test_each_person_is_counted_once(proposal, event, host, moderator):
    for _ in range(2):
        flag(host, proposal, "Once")
    flag(moderator, proposal)
    (flagged,) = flagged_in(event.id)
    assert (flagged.count, flagged.reasons) == (2, ["Once"])


def test_it_waits_no_longer_once_it_is_hidden_or_left(proposal, event, host, moderator):
    flag(host, proposal)
    assert moderator.delete(f"/proposals/{proposal.id}/flags").status_code == 303
    assert flagged_in(event.id) == []
    flag(moderator, proposal)
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    look_again()
    assert flagged_in(event.id) == []
    assert db.session.query(ProposalFlag).filter(ProposalFlag.settled_at.is_(None)).count() == 0


def test_who_may_not(proposal, participant, observer, outsider, host):
    assert flag(participant, proposal).status_code == 409
    assert flag(observer, proposal).status_code == 403
    assert flag(outsider, proposal).status_code == 401
    for person in (host, participant, observer):
        assert person.delete(f"/proposals/{proposal.id}/flags").status_code == 403
    assert flag(host, proposal, "x" * 501).status_code == 422
    assert db.session.query(ProposalFlag).count() == 0


def test_one_takes_ones_flags_along_and_deleting_leaves_them_without_name_and_words(
    proposal, event, join, host
):
    ada = join(event, "Ada")
    flag(ada, proposal, "It names somebody")
    (mine,) = ada.get(f"/e/{event.code}/me.json").json["proposals"]["flags"]
    assert mine["reason"] == "It names somebody"
    ada.delete(f"/e/{event.code}/me")
    look_again()
    (kept,) = db.session.query(ProposalFlag).all()
    assert (kept.participant_id, kept.reason) == (None, "")
