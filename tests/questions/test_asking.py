import pytest

from app.extensions import db
from app.questions.models import Question
from app.realtime import View
from tests.questions.asking import ask, page


def test_a_question_stands_for_everybody_with_name_and_municipality(
    event, join, host, municipality
):
    ask(event, join(event, "Ada", municipality("Musterstadt")), "Who pays?")
    shown = page(event, host)
    for word in ("Who pays?", "Ada", "Musterstadt"):
        assert word in shown


def test_without_a_name_nobody_is_shown_who_asks(event, join, host, moderator, hear, municipality):
    ears = [hear(event, view) for view in (View.HALL, View.COCKPIT)]
    ada = join(event, "Ada Anonymous", municipality("Musterstadt"))
    ears = [hear(event, view) for view in (View.HALL, View.COCKPIT)]
    question = ask(event, ada, "Who pays?", anonymous="1")
    moderator.post(f"/e/{event.code}/highlight/question/{question.id}")
    shown = [ear.html for ear in ears]
    shown += [page(event, host), moderator.get(f"/e/{event.code}/screen").text]
    for html in shown:
        assert "Who pays?" in html
        assert "Ada Anonymous" not in html
        assert "Musterstadt" not in html


def test_the_hall_and_the_cockpit_hear_it_at_once_the_screen_does_not(event, participant, hear):
    hall, cockpit, screen = (hear(event, view) for view in (View.HALL, View.COCKPIT, View.SCREEN))
    question = ask(event, participant, "Who pays?")
    assert 'action="append" target="questions-open"' in hall.html
    assert f'id="question-{question.id}"' in hall.html
    assert 'target="cockpit-questions"' in cockpit.html
    assert "Who pays?" in cockpit.html
    assert screen.html == ""
    for ear in (hall, cockpit):
        assert "csrf_token" not in ear.html


def test_the_same_key_asks_once(event, participant):
    for _ in range(2):
        ask(event, participant, "Who pays?")
    answer = participant.post(f"/e/{event.code}/questions", {"text": "Else", "key": "Who pays?"})
    assert answer.status_code == 409
    assert db.session.query(Question).count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 301])
def test_nothing_and_too_much_are_refused(event, participant, text):
    answer = participant.post(f"/e/{event.code}/questions", {"text": text})
    assert answer.status_code == 422


def test_a_question_is_plain_text(event, participant, host):
    ask(event, participant, "<b>Who</b> *pays*?")
    assert "&lt;b&gt;Who&lt;/b&gt; *pays*?" in page(event, host)


def test_observers_read_but_do_not_ask(event, observer):
    page(event, observer)
    assert observer.post(f"/e/{event.code}/questions", {"text": "May I?"}).status_code == 403


def test_people_of_another_event_see_nothing(event, outsider, browser):
    for visitor in (outsider, browser()):
        assert visitor.get(f"/e/{event.code}/questions").status_code == 401
        answer = visitor.post(f"/e/{event.code}/questions", data={"text": "May I?"})
        assert answer.status_code == 401


def test_a_live_page_hears_its_own_question_in_the_answer(event, participant):
    answer = participant.post(f"/e/{event.code}/questions", {"text": "At once?"}, live=True)
    question = db.session.query(Question).one()
    assert f'id="question-{question.id}"' in answer.text
    assert f'data-own="question-{question.id}"' in answer.text


def test_only_the_author_withdraws(event, question, participant, host, moderator, hear):
    for other in (host, moderator):
        assert other.delete(f"/questions/{question.id}").status_code == 403
    hall = hear(event, View.HALL)
    assert participant.delete(f"/questions/{question.id}").status_code == 303
    assert f'action="remove" target="question-{question.id}"' in hall.html
    assert "Who pays for it?" not in page(event, participant)
    assert participant.delete(f"/questions/{question.id}").status_code == 404


def test_what_others_ask_too_stays_without_a_name(event, question, participant, host):
    host.post(f"/questions/{question.id}/support")
    answer = participant.delete(f"/questions/{question.id}", live=True)
    assert "without your name" in answer.text
    shown = page(event, host)
    assert "Who pays for it?" in shown
    assert "Paula Participant" not in shown


def test_the_questions_have_a_tab_of_their_own(event, participant):
    assert f'href="/e/{event.code}/questions"' in participant.get(f"/e/{event.code}").text


def test_one_takes_ones_questions_along_and_deletes_them(event, join, host):
    ada = join(event, "Ada")
    ask(event, ada, "Mine alone?")
    shared = ask(event, ada, "Shared?")
    other = ask(event, host, "Another?")
    host.post(f"/questions/{shared.id}/support")
    ada.post(f"/questions/{other.id}/support")
    data = ada.get(f"/e/{event.code}/me.json").json["questions"]
    assert [(one["text"], one["supports"]) for one in data] == [("Mine alone?", 0), ("Shared?", 1)]
    assert ada.delete(f"/e/{event.code}/me").status_code == 303
    shown = page(event, host)
    assert "Mine alone?" not in shown
    assert "Shared?" in shown
    assert "Ada" not in shown
    assert '<span class="count">0</span>' in shown


@pytest.mark.usefixtures("limited")
def test_questions_are_limited_for_each_person(event, participant, host):
    url = f"/e/{event.code}/questions"
    answers = [participant.post(url, {"text": f"{n}?"}).status_code for n in range(41)]
    assert answers[0] == 303
    assert answers[-1] == 429
    assert host.post(url, {"text": "Mine?"}).status_code == 303


def test_every_page_of_the_event_leads_there(event, participant):
    page = participant.get(f"/e/{event.code}").text
    for place in ("questions", "results", "me"):
        assert f'href="/e/{event.code}/{place}"' in page
