from app.database import transaction
from app.events.models import Participant
from app.extensions import db
from app.permissions import Role
from app.proposals.models import OfficialAnswer
from app.proposals.versions import AnswerVersion, ProposalVersion
from tests.proposals.test_answering import answer_to
from tests.proposals.topics import propose


def test_what_a_proposal_said_before_is_there_for_who_may_read_it(
    aspect, participant, host, observer, outsider
):
    proposal = propose(aspect, participant, "Visit them weekly")
    participant.post(f"/proposals/{proposal.id}", {"text": "Visit them daily"})
    for person in (participant, host, observer):
        page = person.get(f"/proposals/{proposal.id}/versions").text
        assert "<del>weekly</del>" in page
        assert "<ins>daily</ins>" in page
    assert f"/proposals/{proposal.id}/versions" in host.get(f"/aspects/{aspect.id}").text
    assert outsider.get(f"/proposals/{proposal.id}/versions").status_code == 401


def test_sending_the_same_words_again_is_no_other_wording(aspect, participant):
    proposal = propose(aspect, participant, "Visit them")
    participant.post(f"/proposals/{proposal.id}", {"text": "Visit them"})
    assert db.session.query(ProposalVersion).count() == 0


def test_of_what_is_hidden_only_its_author_and_moderators_read_what_it_said(
    aspect, participant, host, moderator, event
):
    proposal = propose(aspect, participant, "Rash words")
    participant.post(f"/proposals/{proposal.id}", {"text": "Kind words"})
    moderator.post(f"/e/{event.code}/hidden/proposal/{proposal.id}")
    for person, status in ((participant, 200), (moderator, 200), (host, 404)):
        assert person.get(f"/proposals/{proposal.id}/versions").status_code == status


def test_what_was_taken_back_was_never_said(aspect, participant):
    proposal = propose(aspect, participant, "Rash words")
    participant.post(f"/proposals/{proposal.id}", {"text": "Kind words"})
    participant.delete(f"/proposals/{proposal.id}")
    assert db.session.query(ProposalVersion).count() == 0


def test_an_official_answer_keeps_its_wordings_with_what_it_committed_to(
    aspect, host, participant, outsider
):
    answer = answer_to(aspect, host, "We look at it")
    form = {"text": "We do it", "state": "in_progress", "why": "The money is there"}
    assert host.post(f"/answers/{answer.id}", form).status_code == 303
    host.post(f"/answers/{answer.id}/fulfilment")
    page = participant.get(f"/answers/{answer.id}/versions").text
    assert "<del>look at</del>" in page
    assert page.count("<li>") >= 3
    assert "The money is there" in page
    assert outsider.get(f"/answers/{answer.id}/versions").status_code == 401
    said = db.session.query(AnswerVersion).order_by(AnswerVersion.id).all()
    assert [(each.text, each.state) for each in said] == [
        ("We look at it", None),
        ("We do it", "in_progress"),
    ]


def test_a_withdrawn_answer_has_no_earlier_wordings(aspect, host, participant):
    answer = answer_to(aspect, host, "We look at it")
    host.post(f"/answers/{answer.id}", {"text": "We do it"})
    host.delete(f"/answers/{answer.id}")
    assert db.session.query(AnswerVersion).count() == 0
    assert participant.get(f"/answers/{answer.id}/versions").status_code == 404


def test_one_takes_ones_earlier_wordings_along(aspect, event, participant):
    proposal = propose(aspect, participant, "Visit them weekly")
    participant.post(f"/proposals/{proposal.id}", {"text": "Visit them daily"})
    (written,) = participant.get(f"/e/{event.code}/me.json").json["proposals"]["written"]
    assert [each["text"] for each in written["earlier"]] == ["Visit them weekly"]


def test_who_promised_does_not_change_without_a_trace(aspect, host, participant):
    form = {"text": "We do it", "key": "k", "state": "in_progress", "why": ""}
    host.post(f"/aspects/{aspect.id}/answers", {**form, "organisation": "The town"})
    answer = db.session.query(OfficialAnswer).one()
    for _ in range(2):
        host.post(f"/answers/{answer.id}", {**form, "organisation": "The state"})
    (said,) = db.session.query(AnswerVersion).all()
    assert (said.text, said.state, said.organisation) == ("We do it", "in_progress", "The town")
    page = participant.get(f"/aspects/{aspect.id}").text
    assert f'/answers/{answer.id}/versions">edited' in page
    page = participant.get(f"/answers/{answer.id}/versions").text
    assert page.index("On behalf of: The state") < page.index("On behalf of: The town")


def test_an_old_answer_is_edited_for_the_organisation_that_is_known_of_its_author(
    aspect, event, appoint
):
    host = appoint(event, Role.HOST, "Hanna")
    with transaction():
        db.session.get_one(Participant, host.participant_id).state = "Bavaria"
    answer = answer_to(aspect, host, "We do it")
    with transaction():
        db.session.get_one(OfficialAnswer, answer.id).organisation = ""
    assert 'name="organisation" value="Bavaria"' in host.get(f"/answers/{answer.id}/edit").text
    host.post(f"/answers/{answer.id}", {"text": "We do it", "organisation": "Bavaria"})
    assert db.session.query(AnswerVersion).count() == 0
