import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.database import transaction
from app.errors import DomainError
from app.events.actions import start_step
from app.extensions import db
from app.identity import Token, TokenKind
from app.realtime import View
from tests.browsers import Visitor
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll, write
from tests.questions.asking import ask


@pytest.fixture
def remote(event, hear):
    return hear(event, View.REMOTE)


@pytest.fixture
def people(event, join):
    return [join(event) for _ in range(2)]


def page(event, visitor):
    answer = visitor.get(f"/e/{event.code}/remote")
    assert answer.status_code == 200, answer.text
    return answer.text


def test_only_moderators_open_the_remote_and_hear_it(
    event, moderator, host, participant, observer, outsider, browser
):
    assert moderator.audience(f"remote:{event.code}").view is View.REMOTE
    page(event, moderator)
    for visitor in (host, participant, observer):
        for tail in ("remote", "remote-link"):
            assert visitor.get(f"/e/{event.code}/{tail}").status_code == 403
        assert visitor.post(f"/e/{event.code}/remote-link").status_code == 403
        with pytest.raises(DomainError):
            visitor.audience(f"remote:{event.code}")
    for visitor in (outsider, browser()):
        assert visitor.get(f"/e/{event.code}/remote").status_code == 401
    with pytest.raises(DomainError):
        outsider.audience(f"remote:{event.code}")


def test_it_says_what_comes_next_and_what_was_before(event, moderator, remote):
    assert "Next: Welcome" in page(event, moderator)
    open_poll(event, item_of_kind(event, "poll"))
    shown = page(event, moderator)
    for html in (shown, remote.html):
        assert "Next: Close the poll and gather aspects" in html
        assert "Back<" in html
        assert "Flash poll" in html
    moderator.post(f"/e/{event.code}/step", {"item": event.items[0].id})
    assert event.current_item.kind == "welcome"


def test_its_big_button_follows_what_moderators_sort(event, moderator, participant, remote):
    poll = open_poll(event, item_of_kind(event, "poll"))
    concern = write(poll, participant, "Childcare")
    moderator.post(f"/polls/{poll.id}/closure")
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Families", "concern": [concern.id]})
    assert "Next: Choose the aspects" in remote.messages[-1]["html"]


def test_a_tap_shows_a_card_and_another_takes_it_off(event, moderator, participant, remote, hear):
    question = ask(event, participant, "Who pays for it?")
    assert f'id="remote-question-{question.id}"' in page(event, moderator)
    screen, hall = hear(event, View.SCREEN), hear(event)
    url = f"/e/{event.code}/highlight/question/{question.id}"
    moderator.post(url, {"shown": "1"})
    assert "Who pays for it?" in screen.html
    assert f'data-shown="question-{question.id}"' in remote.html
    assert 'aria-pressed="true"' in page(event, moderator)
    moderator.post(url, {"shown": "0"})
    assert event.highlight_kind is None
    assert 'data-shown=""' in remote.messages[-1]["html"]
    assert hall.messages == []


def test_taking_off_what_is_not_shown_leaves_what_is(event, moderator, participant):
    first, second = ask(event, participant, "First?"), ask(event, participant, "Second?")
    moderator.post(f"/e/{event.code}/highlight/question/{first.id}", {"shown": "1"})
    moderator.post(f"/e/{event.code}/highlight/question/{second.id}", {"shown": "0"})
    assert (event.highlight_kind, event.highlight_id) == ("question", first.id)


def test_others_may_not_show_or_take_off(event, participant, host, moderator):
    question = ask(event, participant, "Who pays?")
    url = f"/e/{event.code}/highlight/question/{question.id}"
    moderator.post(url)
    for visitor in (participant, host):
        assert visitor.post(url, {"shown": "0"}).status_code == 403
    assert event.highlight_id == question.id


def test_new_cards_come_one_by_one_and_hidden_ones_go(event, moderator, participant, remote):
    question = ask(event, participant, "Who pays?")
    assert 'action="prepend" target="remote-list-question"' in remote.html
    moderator.post(f"/e/{event.code}/hidden/question/{question.id}")
    gone = f'action="remove" target="remote-question-{question.id}"'
    assert gone in remote.messages[-1]["html"]
    assert "Who pays?" not in page(event, moderator)


def test_an_answered_question_is_no_longer_offered(event, moderator, participant, remote):
    question = ask(event, participant, "Who pays?")
    moderator.post(f"/questions/{question.id}/answered")
    assert f'action="remove" target="remote-question-{question.id}"' in remote.html
    assert "Who pays?" not in page(event, moderator)


def test_concerns_that_are_hidden_until_the_end_are_not_offered(
    event, moderator, participant, remote
):
    poll = open_poll(event, item_of_kind(event, "poll"), hides_until_closed="yes")
    write(poll, participant, "My secret")
    assert "My secret" not in page(event, moderator)
    assert "My secret" not in remote.html


def test_late_ones_of_such_a_poll_are_not_offered_either(event, moderator, people, remote):
    poll = open_poll(event, item_of_kind(event, "poll"), hides_until_closed="yes")
    early = write(poll, people[0], "Early")
    moderator.post(f"/polls/{poll.id}/closure")
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Families", "concern": [early.id]})
    moderator.post(f"/polls/{poll.id}/choice")
    moderator.delete(f"/polls/{poll.id}/closure")
    write(poll, people[1], "Latecomer")
    assert "Latecomer" not in page(event, moderator)
    assert "Latecomer" not in remote.html
    moderator.post(f"/polls/{poll.id}/closure")
    assert "Latecomer" in page(event, moderator)


def test_a_concern_that_is_taken_back_is_offered_and_shown_no_longer(
    event, moderator, participant, remote
):
    concern = write(open_poll(event, item_of_kind(event, "poll")), participant, "My secret")
    assert "My secret" in remote.html
    assert participant.delete(f"/concerns/{concern.id}").status_code == 303
    gone = remote.messages[-1]["html"]
    assert f'action="remove" target="remote-concern-{concern.id}"' in gone
    assert "My secret" not in gone
    answer = moderator.post(f"/e/{event.code}/highlight/concern/{concern.id}", {"shown": "1"})
    assert answer.status_code == 404
    assert event.highlight_kind is None
    assert "My secret" not in moderator.get(f"/e/{event.code}/screen").text


def test_it_tells_no_names_and_holds_no_token(event, moderator, participant, remote):
    ask(event, participant, "Who pays?")
    open_poll(event, item_of_kind(event, "poll"))
    assert participant.person.name not in remote.html
    assert "csrf_token" not in remote.html


def test_the_link_opens_the_remote_on_the_moderators_phone(event, moderator, browser):
    shown = moderator.post(f"/e/{event.code}/remote-link").text
    link = re.search(r"/remote/[\w-]+", shown).group(0)
    phone = Visitor(browser(), event.id)
    assert "Mona Moderator" in phone.get(link).text
    assert phone.get(f"/e/{event.code}/remote").status_code == 401
    answer = phone.post(link)
    assert (answer.status_code, answer.location) == (303, f"/e/{event.code}/remote")
    page(event, phone)
    assert phone.get("/remote/made-up").status_code == 404


def new_link(event, moderator):
    shown = moderator.post(f"/e/{event.code}/remote-link").text
    return re.search(r"/remote/[\w-]+", shown).group(0)


def test_the_link_works_once(event, moderator, browser):
    link = new_link(event, moderator)
    first, second = Visitor(browser(), event.id), Visitor(browser(), event.id)
    assert first.get(link).status_code == 200, "a look at it does not use it up"
    assert first.post(link).status_code == 303
    for answer in (second.get(link), second.post(link), first.post(link)):
        assert answer.status_code == 404
    assert second.get(f"/e/{event.code}/remote").status_code == 401
    page(event, first)


def test_the_link_works_for_a_quarter_of_an_hour(event, moderator, browser):
    link, phone = new_link(event, moderator), Visitor(browser(), event.id)
    token = db.session.scalars(select(Token).filter_by(kind=TokenKind.REMOTE)).one()
    hash = token.hash
    for minutes, status in ((14, 200), (1, 404)):
        with transaction():
            db.session.get_one(Token, hash).created_at -= timedelta(minutes=minutes)
        assert phone.get(link).status_code == status
    assert phone.post(link).status_code == 404


def test_a_new_link_ends_the_earlier_one_and_revoking_all_links_the_last(event, moderator, browser):
    phone, earlier = Visitor(browser(), event.id), new_link(event, moderator)
    later = new_link(event, moderator)
    assert phone.post(earlier).status_code == 404
    moderator.delete(f"/e/{event.code}/return-link")
    assert phone.post(later).status_code == 404


def test_the_link_is_no_other_personal_link_nor_another_one_this(event, moderator, browser):
    remote_secret = new_link(event, moderator).removeprefix("/remote/")
    phone = Visitor(browser(), event.id)
    assert phone.post(f"/return/{remote_secret}").status_code == 404
    shown = moderator.post(f"/e/{event.code}/return-link").text
    return_secret = re.search(r"/return/([\w-]+)", shown).group(1)
    assert phone.post(f"/remote/{return_secret}").status_code == 404
    assert phone.post(f"/remote/{remote_secret}").status_code == 303


def test_a_page_with_many_cards_asks_the_database_as_often_as_one_with_few(
    event, moderator, participant, statements
):
    asked = []
    for number in (1, 6):
        for n in range(number):
            ask(event, participant, f"Question {number} {n}?")
        statements.clear()
        page(event, moderator)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def test_what_is_on_the_screen_stands_in_the_cockpit_and_on_pages_of_who_leads(
    event, moderator, participant
):
    with transaction():
        start_step(event, event.items[0])
    question = ask(event, participant, "Who pays?")
    moderator.post(f"/e/{event.code}/highlight/question/{question.id}")
    for tail in ("/cockpit", "", "/questions"):
        text = moderator.get(f"/e/{event.code}{tail}").text
        assert f'data-shown="question-{question.id}"' in text, tail
    assert "on-screen" not in participant.get(f"/e/{event.code}").text
