import pytest

from app.extensions import db
from app.questions.models import Question
from app.realtime import View
from tests.questions.asking import ask, page


def order(text, *words):
    """The places of these words in a page."""
    places = [text.index(word) for word in words]
    return places == sorted(places)


def test_a_question_that_is_put_aside_goes_to_the_archive_and_back(
    event, question, moderator, participant, hear
):
    hall = hear(event, View.HALL)
    for _ in range(2):
        assert moderator.post(f"/questions/{question.id}/dismissal").status_code == 303
    assert 'target="questions-archive"' in hall.html
    shown = page(event, participant)
    assert "Put aside" in shown.split('id="questions-archive"')[1]
    assert "No open questions" in moderator.get(f"/e/{event.code}/cockpit").text
    moderator.delete(f"/questions/{question.id}/dismissal")
    assert 'target="questions-open"' in hall.messages[-1]["html"]


def test_it_is_either_answered_or_put_aside(question, moderator):
    moderator.post(f"/questions/{question.id}/dismissal")
    moderator.post(f"/questions/{question.id}/answered")
    assert (question.is_answered, question.is_dismissed) == (True, False)
    moderator.post(f"/questions/{question.id}/dismissal")
    assert (question.is_answered, question.is_dismissed) == (False, True)


def test_others_may_not_put_aside(question, participant, host, observer, outsider):
    for visitor in (participant, host, observer):
        assert visitor.post(f"/questions/{question.id}/dismissal").status_code == 403
        assert visitor.delete(f"/questions/{question.id}/dismissal").status_code == 403
    assert outsider.post(f"/questions/{question.id}/dismissal").status_code == 401
    assert not question.is_archived


def test_people_choose_the_most_supported_or_the_newest_first(event, participant, host, join):
    asked = [ask(event, participant, text) for text in ("First?", "Second?", "Third?")]
    host.post(f"/questions/{asked[1].id}/support")
    for reader in (participant, host):
        assert order(page(event, reader), "Second?", "First?", "Third?")
        newest = reader.get(f"/e/{event.code}/questions?order=newest").text
        assert order(newest, "Third?", "Second?", "First?")
        assert "data-newest-first" in newest


def test_the_results_keep_all_questions_with_what_became_of_them(
    event, moderator, participant, host
):
    texts = ("Answered one?", "Aside one?", "Open one?", "Hidden one?")
    asked = [ask(event, participant, text) for text in texts]
    moderator.post(f"/questions/{asked[0].id}/answered")
    moderator.post(f"/questions/{asked[1].id}/dismissal")
    moderator.post(f"/e/{event.code}/hidden/question/{asked[3].id}")
    host.post(f"/questions/{asked[2].id}/support")
    shown = host.get(f"/e/{event.code}/results").text.split('id="questions"')[1]
    for text in texts[:3]:
        assert text in shown
    for word in ("answered", "put aside", "1 person asks this, too"):
        assert word in shown
    assert "Hidden one?" not in shown
    assert "Paula Participant" not in shown


def test_an_event_without_questions_has_no_such_chapter(event, participant):
    assert 'id="questions"' not in participant.get(f"/e/{event.code}/results").text


@pytest.mark.parametrize("mark", ["answered", "dismissal"])
def test_a_withdrawn_question_is_in_no_archive(event, question, moderator, participant, mark):
    moderator.post(f"/questions/{question.id}/{mark}")
    participant.delete(f"/questions/{question.id}")
    assert "Who pays for it?" not in moderator.get(f"/e/{event.code}/results").text
    assert db.session.query(Question).filter(Question.text != "").count() == 0
