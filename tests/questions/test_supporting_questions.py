from app.questions.queries import card_of
from app.realtime import View
from tests.questions.asking import ask, page


def test_asking_the_same_is_counted_once(event, question, host, hear):
    hall, cockpit = hear(event, View.HALL), hear(event, View.COCKPIT)
    for _ in range(2):
        assert host.post(f"/questions/{question.id}/support").status_code == 303
        assert host.put(f"/questions/{question.id}/support").status_code == 303
    assert card_of(question).supports == 1
    assert '<span class="count">1</span>' in hall.html
    assert "1 person asks this, too" in cockpit.html


def test_it_can_be_taken_back(question, host):
    host.post(f"/questions/{question.id}/support")
    for _ in range(2):
        host.post(f"/questions/{question.id}/support", {"supported": "0"})
        assert host.delete(f"/questions/{question.id}/support").status_code == 303
    assert card_of(question).supports == 0


def test_not_ones_own(question, participant):
    assert participant.post(f"/questions/{question.id}/support").status_code == 409


def test_observers_and_outsiders_may_not(question, observer, outsider, browser):
    url = f"/questions/{question.id}/support"
    assert observer.post(url).status_code == 403
    assert outsider.post(url).status_code == 401
    assert browser().post(url).status_code == 401


def test_not_what_is_hidden_or_not_there(event, question, host, moderator):
    moderator.post(f"/e/{event.code}/hidden/question/{question.id}")
    assert host.post(f"/questions/{question.id}/support").status_code == 404
    assert host.post("/questions/999/support").status_code == 404


def test_only_the_supporter_sees_it_marked(question, host, participant, hear):
    mine, theirs = hear(host), hear(participant)
    answer = host.post(f"/questions/{question.id}/support", live=True)
    for html in (answer.text, mine.html):
        assert f'data-supported="question-{question.id}"' in html
    assert theirs.html == ""


def test_the_most_wanted_stand_first_then_the_oldest(event, participant, host, moderator):
    questions = [ask(event, participant, f"{name}?") for name in ("First", "Second", "Third")]
    for visitor in (host, moderator):
        visitor.post(f"/questions/{questions[2].id}/support")
    host.post(f"/questions/{questions[1].id}/support")
    shown = page(event, host)
    places = [shown.index(f'id="question-{q.id}"') for q in questions]
    assert places == sorted(places, reverse=True)
    panel = moderator.get(f"/e/{event.code}/cockpit").text
    places = [panel.index(f'id="panel-question-{q.id}"') for q in questions]
    assert places == sorted(places, reverse=True)
