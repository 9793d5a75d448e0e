"""How a poll asks: with one click, planned in the agenda, and changed while it runs."""

import pytest
from flask_babel import force_locale, gettext

from app.database import transaction
from app.events import actions as event_actions
from app.extensions import db
from app.livepolls.models import FlashPoll
from app.livepolls.queries import poll_of
from app.realtime import View
from tests.factories import item_of_kind, look_again
from tests.livepolls.polls import open_poll, write


def newest():
    look_again()
    return db.session.query(FlashPoll).order_by(FlashPoll.id.desc()).first()


def form(question="What now?", **settings):
    named = {f"setting-poll-{name}": value for name, value in settings.items()}
    return {"question": question, **named}


def test_one_click_asks_with_good_defaults(event, moderator, participant):
    with transaction():
        event_actions.start_step(event, event.items[0])
    assert moderator.post(f"/e/{event.code}/at-once/poll").status_code == 303
    poll = newest()
    assert (poll.is_open, poll.most_per_person, poll.closes_at) == (True, 10, None)
    decided = (poll.hides_until_closed, poll.is_named, poll.is_moderated_before)
    assert decided == (False, False, False)
    page = participant.get(f"/e/{event.code}").text
    assert "What concerns you most right now?" in page
    assert f'id="concern-text-{poll.id}"' in page
    moderator.post(f"/e/{event.code}/at-once/poll")
    assert newest() == poll  # the second half of a double click


def test_in_a_german_event_it_asks_in_german(event, moderator):
    with transaction():
        event_actions.change_event(event, language="de")
    moderator.post(f"/e/{event.code}/at-once/poll")
    with force_locale("de"):
        assert newest().question == gettext("What concerns you most right now?")


@pytest.mark.parametrize("role", ["participant", "host", "observer"])
def test_only_moderators_ask(event, role, request):
    visitor = request.getfixturevalue(role)
    assert visitor.post(f"/e/{event.code}/at-once/poll").status_code == 403
    look_again()
    assert len(event.items) == 2


def test_the_agenda_plans_all_of_it(event, moderator):
    sent = {
        "kind": "poll",
        "title": "Another poll",
        "text": "What else?",
        "setting-poll-named": "yes",
        "setting-poll-moderated": "yes",
        "setting-poll-most": "3",
        "setting-poll-countdown": "4",
    }
    assert moderator.post(f"/e/{event.code}/items/new", sent).status_code == 303
    poll = newest()
    assert (poll.is_named, poll.is_moderated_before, poll.hides_until_closed) == (True, True, False)
    assert (poll.question, poll.most_per_person, poll.seconds) == ("What else?", 3, 240)
    page = moderator.get(f"/e/{event.code}/items/{poll.item_id}").text
    assert 'name="setting-poll-most" value="3"' in page


@pytest.mark.parametrize("nonsense", ["", "-1", "soon", "99999", None])
def test_nonsense_in_the_agenda_is_passed_over(event, nonsense):
    item = item_of_kind(event, "poll")
    poll = open_poll(event, item, most=nonsense, countdown=nonsense)
    assert (poll.most_per_person, poll.seconds, poll.closes_at) == (10, None, None)


def test_a_template_brings_its_settings_with_it(event):
    item = item_of_kind(event, "poll")
    with transaction():
        event_actions.change_item(item, settings={"moderated": "yes", "most": "2"})
        copy = event_actions.event_from(event, "Another time")
    poll = poll_of(item_of_kind(copy, "poll"))
    assert (poll.is_moderated_before, poll.most_per_person) == (True, 2)


def test_the_question_is_changed_where_it_stands_and_in_the_agenda(event, poll, moderator, hear):
    hall = hear(event)
    assert moderator.post(f"/polls/{poll.id}", form("What then?")).status_code == 303
    look_again()
    assert (poll.question, poll.item.text) == ("What then?", "What then?")
    assert "What then?" in hall.html
    assert moderator.post(f"/polls/{poll.id}", form("  ")).status_code == 422


def test_hidden_until_closed_can_be_decided_while_it_runs(
    event, poll, participant, moderator, hear
):
    write(poll, participant, "Childcare")
    hall = hear(event)
    moderator.post(f"/polls/{poll.id}", form(hides_until_closed="yes"))
    assert "What others say is shown once the poll is closed." in hall.html
    assert "Childcare" not in hall.html
    moderator.post(f"/polls/{poll.id}", form())
    assert "Childcare" in hall.html


def test_what_changes_nothing_in_the_list_sends_the_hall_no_list(
    event, poll, participant, moderator, hear
):
    write(poll, participant, "Childcare")
    hall, cockpit = hear(event), hear(event, View.COCKPIT)
    moderator.post(f"/polls/{poll.id}", form(poll.question, moderated="yes", most="2"))
    assert "The moderators read it before everybody does." in hall.html
    assert "Childcare" not in hall.html
    assert 'target="cockpit-step"' in cockpit.html


def test_saving_what_is_so_already_tells_nobody(event, poll, moderator, hear):
    hall, screen = hear(event), hear(event, View.SCREEN)
    moderator.post(f"/polls/{poll.id}", form(poll.question, most="10"))
    assert "What do you want advice on?" not in hall.html + screen.html


def test_a_countdown_that_is_set_while_it_runs_begins_at_once(event, poll, moderator, hear):
    hall = hear(event)
    moderator.post(f"/polls/{poll.id}", form(poll.question, countdown="3"))
    look_again()
    assert poll.closes_at is not None
    assert 'deadline="1' in hall.html
    moderator.post(f"/polls/{poll.id}", form(poll.question))
    look_again()
    assert poll.closes_at is None


def test_a_person_voices_as_many_as_the_poll_asks_for(poll, people, moderator):
    moderator.post(f"/polls/{poll.id}", form(poll.question, most="1"))
    url = f"/polls/{poll.id}/concerns"
    assert people[0].post(url, {"text": "One", "key": "1"}).status_code == 303
    refused = people[0].post(url, {"text": "Two", "key": "2"})
    assert refused.status_code == 409
    assert "You have voiced a concern, more are not asked for" in refused.text
    assert people[1].post(url, {"text": "One", "key": "1"}).status_code == 303
    moderator.post(f"/polls/{poll.id}", form(poll.question, most="2"))
    assert people[0].post(url, {"text": "Two", "key": "2"}).status_code == 303


@pytest.mark.parametrize("role", ["participant", "host", "observer"])
def test_only_moderators_change_it(poll, role, request):
    assert request.getfixturevalue(role).post(f"/polls/{poll.id}", form()).status_code == 403
    look_again()
    assert poll.question == "What do you want advice on?"


def test_strangers_change_nothing(poll, outsider):
    assert outsider.post(f"/polls/{poll.id}", form()).status_code == 401
    assert outsider.post("/polls/4711", form()).status_code == 404
