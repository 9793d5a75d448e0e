from app.database import transaction
from app.extensions import db
from app.questions import actions
from app.questions.queries import MOST_IN_PANEL
from app.realtime import View
from tests.questions.asking import page


def test_an_answered_question_moves_to_the_answered_ones_and_back(event, question, moderator, hear):
    hall = hear(event, View.HALL)
    for _ in range(2):
        assert moderator.post(f"/questions/{question.id}/answered").status_code == 303
    assert 'target="questions-archive"' in hall.html
    assert "is-answered" in page(event, moderator)
    moderator.delete(f"/questions/{question.id}/answered")
    assert 'target="questions-open"' in hall.messages[-1]["html"]


def test_others_may_not_mark(question, participant, host, observer, outsider):
    for visitor in (participant, host, observer):
        assert visitor.post(f"/questions/{question.id}/answered").status_code == 403
        assert visitor.delete(f"/questions/{question.id}/answered").status_code == 403
    assert outsider.post(f"/questions/{question.id}/answered").status_code == 401


def test_a_hidden_question_is_gone_at_once_and_comes_back(
    event, question, participant, moderator, host, hear
):
    hall, cockpit = hear(event, View.HALL), hear(event, View.COCKPIT)
    moderator.post(f"/e/{event.code}/hidden/question/{question.id}")
    assert f'action="remove" target="question-{question.id}"' in hall.html
    assert "Who pays for it?" not in hall.html
    assert f"/hidden/question/{question.id}?_method=DELETE" in cockpit.html
    assert "Who pays for it?" not in page(event, host)
    assert "Hidden by the moderators" in page(event, participant)
    moderator.delete(f"/e/{event.code}/hidden/question/{question.id}")
    assert "Who pays for it?" in hall.messages[-1]["html"]


def test_a_question_on_the_screen(event, question, moderator, participant, hear):
    screen = hear(event, View.SCREEN)
    assert moderator.post(f"/e/{event.code}/highlight/question/{question.id}").status_code == 303
    assert "Who pays for it?" in screen.html
    assert "Paula Participant" not in screen.html
    participant.delete(f"/questions/{question.id}")
    assert "Who pays for it?" not in screen.messages[-1]["html"]
    db.session.refresh(event)
    assert event.highlight_kind is None


def test_only_moderators_hide_and_highlight(event, question, participant, host):
    for visitor in (participant, host):
        for what in ("hidden", "highlight"):
            assert visitor.post(f"/e/{event.code}/{what}/question/{question.id}").status_code == 403


def test_the_panel_stays_short(event, participant, moderator):
    with transaction():
        for number in range(MOST_IN_PANEL + 3):
            actions.ask(event, participant.person, f"Question {number}?", "")
    assert "3 more questions" in moderator.get(f"/e/{event.code}/cockpit").text
