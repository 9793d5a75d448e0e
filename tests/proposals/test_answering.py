import pytest
from sqlalchemy.exc import IntegrityError

from app.database import transaction
from app.extensions import db
from app.permissions import Role
from app.proposals.models import OfficialAnswer
from app.proposals.queries import answers_by_aspect
from app.realtime import View
from tests.proposals.topics import add_step, choose_aspects, start


def answer_to(aspect, author, text="We will *help*.", key=""):
    sent = author.post(f"/aspects/{aspect.id}/answers", {"text": text, "key": key or text})
    assert sent.status_code == 303, sent.text
    return db.session.query(OfficialAnswer).filter_by(text=text).one()


def test_an_official_answer_stands_beside_the_aspect_everywhere(aspect, event, host, participant):
    add_step(event)
    start(event, "proposals")
    answer_to(aspect, host)
    for url in (f"/e/{event.code}", f"/aspects/{aspect.id}"):
        page = participant.get(url).text
        assert "Official answer" in page
        assert "We will <em>help</em>." in page
        assert "Hanna Host" in page


def test_it_is_in_german_for_those_who_read_german(aspect, event, host, hear):
    hall = hear(event, View.HALL, "de")
    answer_to(aspect, host)
    assert f'id="answers-{aspect.id}"' in hall.html


def test_the_hall_hears_it_at_once(aspect, event, host, hear):
    hall, screen = hear(event, View.HALL), hear(event, View.SCREEN)
    answer_to(aspect, host)
    assert f'action="replace" target="answers-{aspect.id}"' in hall.html
    assert "We will <em>help</em>." in hall.html
    assert "csrf_token" not in hall.html
    assert "help" not in screen.html


def test_the_function_of_a_member_is_shown(aspect, event, appoint, account, participant):
    head = account(name="Dr. Head", function="Head of the centre")
    answer_to(aspect, appoint(event, Role.HOST, "Dr. Head", account_id=head.id))
    assert "Head of the centre" in participant.get(f"/aspects/{aspect.id}").text


def test_moderators_may_answer_and_several_may(aspect, host, moderator):
    answer_to(aspect, host, "One")
    answer_to(aspect, moderator, "Two")
    cards = answers_by_aspect([aspect.id])[aspect.id].cards
    assert [card.answer.text for card in cards] == ["One", "Two"]


def test_others_may_not(aspect, participant, observer, outsider):
    url = f"/aspects/{aspect.id}/answers"
    for form in ({"text": "I say"}, {"text": "I say", "preview": "1"}):
        assert participant.post(url, form).status_code == 403
        assert observer.post(url, form).status_code == 403
        assert outsider.post(url, form).status_code == 401


def test_the_same_key_makes_one_answer_and_another_text_is_a_conflict(aspect, host):
    for _ in range(2):
        answer_to(aspect, host, "One", "k")
    url = f"/aspects/{aspect.id}/answers"
    assert host.post(url, {"text": "Two", "key": "k"}).status_code == 409
    assert db.session.query(OfficialAnswer).count() == 1


def test_nothing_is_answered_while_moderators_still_sort(aspect, host, moderator):
    moderator.delete(f"/polls/{aspect.poll_id}/choice")
    answer = host.post(f"/aspects/{aspect.id}/answers", {"text": "Early"})
    assert answer.status_code == 409


def test_the_author_edits_and_withdraws_others_do_not(aspect, host, moderator, event, hear):
    answer = answer_to(aspect, host, "We wil help")
    assert moderator.post(f"/answers/{answer.id}", {"text": "No"}).status_code == 403
    assert moderator.delete(f"/answers/{answer.id}").status_code == 403
    assert "We wil help" in host.get(f"/answers/{answer.id}/edit").text
    hall = hear(event, View.HALL)
    assert host.post(f"/answers/{answer.id}", {"text": "We will help"}).status_code == 303
    assert "We will help" in hall.html
    assert host.delete(f"/answers/{answer.id}").status_code == 303
    assert answers_by_aspect([aspect.id])[aspect.id].cards == []
    assert "We will help" not in hall.messages[-1]["html"]
    assert host.delete(f"/answers/{answer.id}").status_code == 404


def test_only_its_author_is_offered_to_change_it(aspect, host, participant, hear):
    mine, theirs = hear(host), hear(participant)
    answer = answer_to(aspect, host)
    assert f'"answer-{answer.id}"' in mine.html
    assert theirs.html == ""


def test_moderators_hide_an_answer_and_put_one_on_the_screen(aspect, host, moderator, event, hear):
    answer = answer_to(aspect, host)
    moderator.post(f"/e/{event.code}/highlight/answer/{answer.id}")
    assert "Hanna Host" in moderator.get(f"/e/{event.code}/screen").text
    hall = hear(event, View.HALL)
    moderator.post(f"/e/{event.code}/hidden/answer/{answer.id}")
    assert f'target="answers-{aspect.id}"' in hall.html
    assert "help" not in hall.html
    assert "help" not in moderator.get(f"/e/{event.code}/screen").text


def test_answers_are_read_in_one_query_for_all_aspects(event, host, participant, app):
    from sqlalchemy import event as sql_event

    aspects = choose_aspects(event, participant, ("One", "Two", "Three"))
    for aspect in aspects:
        answer_to(aspect, host, f"To {aspect.title}")
    ids = [aspect.id for aspect in aspects]
    db.session.rollback()
    statements = []
    listener = lambda *arguments: statements.append(arguments[2])  # noqa: E731
    sql_event.listen(db.engine, "before_cursor_execute", listener)
    found = answers_by_aspect(ids)
    names = [card.answer.author.name for id in ids for card in found[id].cards]
    sql_event.remove(db.engine, "before_cursor_execute", listener)
    assert len(names) == 3
    assert len([s for s in statements if s.startswith("SELECT")]) == 1


@pytest.mark.parametrize("both", [True, False])
def test_an_answer_has_exactly_one_subject(aspect, event, host, both):
    answer = OfficialAnswer(
        event_id=event.id,
        participant_id=host.participant_id,
        key="x",
        text="x",
        html="x",
        submitted_text="x",
        aspect_id=aspect.id if both else None,
        report_id=1 if both else None,
    )
    with pytest.raises(IntegrityError), transaction():
        db.session.add(answer)


def test_when_a_host_leaves_the_answer_stays_unsigned(aspect, event, host, participant):
    answer_to(aspect, host)
    data = host.get(f"/e/{event.code}/me.json").json["proposals"]["official_answers"]
    assert [one["text"] for one in data] == ["We will *help*."]
    assert host.delete(f"/e/{event.code}/me").status_code == 303
    page = participant.get(f"/aspects/{aspect.id}").text
    assert "We will <em>help</em>." in page
    assert "Hanna Host" not in page
