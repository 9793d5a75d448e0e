from app.extensions import db
from app.realtime import View
from tests.proposals.topics import propose


def test_authors_say_it_differently(aspect, participant, host, event, hear):
    proposal = propose(aspect, participant, "Visti them")
    hall = hear(event, View.HALL)
    assert "Visti them" in participant.get(f"/proposals/{proposal.id}/edit").text
    answer = participant.post(f"/proposals/{proposal.id}", {"text": "Visit them"})
    assert answer.status_code == 303
    assert "Visit them" in hall.html
    assert "edited" in host.get(f"/aspects/{aspect.id}").text


def test_an_edit_can_be_previewed(aspect, participant):
    proposal = propose(aspect, participant, "Visit them")
    answer = participant.post(f"/proposals/{proposal.id}", {"text": "*Call*", "preview": "1"})
    assert "<em>Call</em>" in answer.text
    db.session.refresh(proposal)
    assert proposal.text == "Visit them"


def test_others_may_not(aspect, participant, host, moderator, observer):
    proposal = propose(aspect, participant, "Mine")
    for other in (host, moderator, observer):
        assert other.get(f"/proposals/{proposal.id}/edit").status_code == 403
        assert other.post(f"/proposals/{proposal.id}", {"text": "Yours"}).status_code == 403
        assert other.delete(f"/proposals/{proposal.id}").status_code == 403
    db.session.refresh(proposal)
    assert proposal.text == "Mine"


def test_a_withdrawn_proposal_is_gone_everywhere(aspect, participant, host, event, hear):
    proposal = propose(aspect, participant, "Rash words")
    hall, cockpit = hear(event, View.HALL), hear(event, View.COCKPIT)
    assert participant.delete(f"/proposals/{proposal.id}").status_code == 303
    assert f'action="remove" target="proposal-{proposal.id}"' in hall.html
    assert f'action="remove" target="talk-{proposal.id}"' in hall.html
    assert "Rash words" not in cockpit.html
    for visitor in (participant, host):
        assert visitor.get(f"/proposals/{proposal.id}").status_code == 404
    db.session.refresh(proposal)
    assert (proposal.text, proposal.html, proposal.submitted_text) == ("", "", "")


def test_what_others_support_stays_without_its_author(aspect, participant, host):
    proposal = propose(aspect, participant, "Visit them")
    host.post(f"/proposals/{proposal.id}/support")
    answer = participant.delete(f"/proposals/{proposal.id}", live=True)
    assert "without your name" in answer.text
    page = host.get(f"/aspects/{aspect.id}").text
    assert "Visit them" in page
    assert "Paula Participant" not in page


def test_what_others_discuss_stays_too_but_ones_own_comment_is_no_reason(aspect, participant, host):
    discussed, alone = (propose(aspect, participant, text, text) for text in ("One", "Two"))
    host.post(f"/threads/{discussed.thread_id}/posts", {"text": "Good"})
    participant.post(f"/threads/{alone.thread_id}/posts", {"text": "My own word"})
    for proposal in (discussed, alone):
        participant.delete(f"/proposals/{proposal.id}")
    assert host.get(f"/proposals/{discussed.id}").status_code == 200
    assert host.get(f"/proposals/{alone.id}").status_code == 404


def test_from_its_own_page_the_author_is_led_to_the_aspect(aspect, participant):
    proposal = propose(aspect, participant, "Rash words")
    referrer = {"Referer": f"http://localhost/proposals/{proposal.id}"}
    answer = participant.delete(f"/proposals/{proposal.id}", live=True, headers=referrer)
    assert 'action="visit"' in answer.text
    assert f'href="/aspects/{aspect.id}"' in answer.text


def test_a_withdrawn_proposal_leaves_the_screen(aspect, participant, moderator, event, hear):
    proposal = propose(aspect, participant, "Rash words")
    moderator.post(f"/e/{event.code}/highlight/proposal/{proposal.id}")
    assert "Rash words" in moderator.get(f"/e/{event.code}/screen").text
    screen = hear(event, View.SCREEN)
    participant.delete(f"/proposals/{proposal.id}")
    assert 'target="screen-stage"' in screen.html
    db.session.refresh(event)
    assert event.highlight_kind is None


def test_an_edited_proposal_changes_on_the_screen(aspect, participant, moderator, event, hear):
    proposal = propose(aspect, participant, "Visti them")
    moderator.post(f"/e/{event.code}/highlight/proposal/{proposal.id}")
    screen = hear(event, View.SCREEN)
    participant.post(f"/proposals/{proposal.id}", {"text": "Visit them"})
    assert "Visit them" in screen.html
    assert "Paula" not in screen.html


def test_one_takes_ones_proposals_along_and_deletes_them(aspect, event, join, participant):
    ada = join(event, "Ada")
    mine = propose(aspect, ada, "Mine alone", "1")
    shared = propose(aspect, ada, "Shared", "2")
    other = propose(aspect, participant, "Another", "3")
    participant.post(f"/proposals/{shared.id}/support")
    ada.post(f"/proposals/{other.id}/support")
    data = ada.get(f"/e/{event.code}/me.json").json["proposals"]
    assert [p["text"] for p in data["written"]] == ["Mine alone", "Shared"]
    assert data["supported"] == 1
    assert ada.delete(f"/e/{event.code}/me").status_code == 303
    page = participant.get(f"/aspects/{aspect.id}").text
    assert "Mine alone" not in page
    assert "Shared" in page
    assert "Ada" not in page
    assert participant.delete(f"/proposals/{other.id}").status_code == 303
    assert participant.get(f"/proposals/{other.id}").status_code == 404
    assert mine.id
