import pytest

from app.breakouts.models import Report, Room, Round
from app.database import transaction
from app.events import actions as event_actions
from app.extensions import db
from app.proposals.facts import ReportAnswered
from app.proposals.models import OfficialAnswer
from app.proposals.queries import answers_by_report
from app.realtime import View


@pytest.fixture
def report(event):
    """What a room asks of the centre."""
    with transaction():
        item = event_actions.add_item(event, "welcome", "Round 1")
        round_ = Round(event_id=event.id, item_id=item.id)
        room = Room(round=round_, number=1, title="Parents")
        made = Report(room=room, request="Please hand us material.")
        db.session.add(made)
        db.session.flush()
        return made


def test_a_host_answers_what_a_room_asks_for(report, event, host, hear):
    hall = hear(event, View.HALL)
    answer = host.post(f"/reports/{report.id}/answers", {"text": "You *will* get it."})
    assert answer.status_code == 303
    card = answers_by_report([report.id])[report.id].cards[0]
    assert (card.answer.aspect_id, card.answer.report_id) == (None, report.id)
    assert ReportAnswered(event.id, report.id, card.answer.id) in hall.facts
    assert f'target="report-answers-{report.id}"' in hall.html
    assert "You <em>will</em> get it." in hall.html


def test_a_live_page_gets_the_answer_back(report, host):
    answer = host.post(f"/reports/{report.id}/answers", {"text": "Yes"}, live=True)
    assert f'id="report-answers-{report.id}"' in answer.text


def test_others_do_not_answer(report, participant, observer, outsider):
    url = f"/reports/{report.id}/answers"
    assert participant.post(url, {"text": "I say"}).status_code == 403
    assert observer.post(url, {"text": "I say"}).status_code == 403
    assert outsider.post(url, {"text": "I say"}).status_code == 401


def test_it_is_edited_previewed_withdrawn_and_hidden(report, event, host, moderator, hear):
    host.post(f"/reports/{report.id}/answers", {"text": "Yes", "key": "k"})
    answer = db.session.query(OfficialAnswer).one()
    preview = host.post(f"/reports/{report.id}/answers", {"text": "*No*", "preview": "1"})
    assert "<em>No</em>" in preview.text
    assert host.post(f"/answers/{answer.id}", {"text": "Yes, gladly"}).status_code == 303
    hall = hear(event, View.HALL)
    moderator.post(f"/e/{event.code}/hidden/answer/{answer.id}")
    assert f'target="report-answers-{report.id}"' in hall.html
    assert "gladly" not in hall.html
    assert host.delete(f"/answers/{answer.id}").status_code == 303
    assert answers_by_report([report.id])[report.id].cards == []


def test_the_key_of_one_answer_is_no_answer_to_another_thing(report, host, aspect):
    host.post(f"/reports/{report.id}/answers", {"text": "Yes", "key": "k"})
    answer = host.post(f"/aspects/{aspect.id}/answers", {"text": "Yes", "key": "k"})
    assert answer.status_code == 409


def test_saying_nothing_of_where_it_stands_leaves_a_request_as_it_is_and_says_so(
    report, host, aspect
):
    host.post(f"/reports/{report.id}/answers", {"text": "Yes", "key": "k"})
    answer = db.session.query(OfficialAnswer).one()
    form = {"text": "Yes", "key": "p", "preview": "1"}
    of_room = host.post(f"/reports/{report.id}/answers", form).text
    for page in (host.get(f"/answers/{answer.id}/edit").text, of_room):
        assert '<option value="">leave it as it is</option>' in page
    of_aspect = host.post(f"/aspects/{aspect.id}/answers", form).text
    assert '<option value="">no commitment</option>' in of_aspect
