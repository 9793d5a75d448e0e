import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts.models import Standing
from app.database import transaction
from app.errors import Conflict
from app.events import actions
from app.events.facts import AgendaChanged, StepLeft, StepStarted
from app.events.models import AgendaItem, Event, Participant
from app.extensions import db
from app.livepolls.queries import poll_of
from app.permissions import Role
from app.realtime import View
from tests.factories import item_of_kind, look_again
from tests.together import together


def titles(event):
    look_again()
    return [item.title for item in event.items]


def start(visitor, event, item, **options):
    return visitor.post(f"/e/{event.code}/step", {"item": item.id}, **options)


def test_a_step_is_added_at_the_end(event, moderator, announced):
    form = {"kind": "welcome", "title": "Coffee", "text": "Cake too", "minutes": "15"}
    assert moderator.post(f"/e/{event.code}/items/new", form).status_code == 303
    assert titles(event) == ["Welcome", "Flash poll", "Coffee"]
    assert (event.items[-1].text, event.items[-1].minutes) == ("Cake too", 15)
    assert AgendaChanged(event.id) in announced(event.channel)


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"title": "x" * 121},
        {"minutes": "0"},
        {"minutes": "481"},
        {"minutes": "soon"},
        {"kind": "party"},
        {"kind": ""},
        {"text": "x" * 2001},
    ],
)
def test_bad_input_is_refused_and_stays_in_the_form(event, moderator, change):
    form = {"kind": "welcome", "title": "Coffee", "text": "My careful text", "minutes": "15"}
    answer = moderator.post(f"/e/{event.code}/items/new", {**form, **change})
    assert answer.status_code == 422
    assert "Coffee" in answer.text or "title" in change
    assert titles(event) == ["Welcome", "Flash poll"]


def test_a_step_is_changed_with_what_belongs_to_it(event, moderator):
    item = item_of_kind(event, "poll")
    form = {
        "kind": "poll",
        "title": "Poll",
        "text": "Another question?",
        "minutes": "",
        "setting-poll-hides_until_closed": "1",
    }
    assert moderator.post(f"/e/{event.code}/items/{item.id}", form).status_code == 303
    assert (item.title, item.minutes) == ("Poll", None)
    assert poll_of(item).question == "Another question?"
    assert poll_of(item).hides_until_closed is True


def test_the_kind_of_a_step_stays(event, moderator):
    item = item_of_kind(event, "poll")
    moderator.post(f"/e/{event.code}/items/{item.id}", {"kind": "welcome", "title": "Poll"})
    assert item.kind == "poll"


def test_steps_move_earlier_and_later(event, moderator):
    second = event.items[1]
    assert moderator.post(f"/e/{event.code}/items/{second.id}/position?by=-1").status_code == 303
    assert titles(event) == ["Flash poll", "Welcome"]
    moderator.post(f"/e/{event.code}/items/{second.id}/position?by=1")
    assert titles(event) == ["Welcome", "Flash poll"]


def test_the_first_moves_no_earlier_and_the_last_no_later(event, moderator):
    first, second = event.items
    for item, by in ((first, -1), (second, 1)):
        url = f"/e/{event.code}/items/{item.id}/position?by={by}"
        assert moderator.post(url).status_code == 409
    assert titles(event) == ["Welcome", "Flash poll"]


@settings(max_examples=15)
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([-1, 1])), max_size=10))
def test_any_moves_keep_all_steps_in_one_order(app, moves):
    with transaction():
        items = [{"kind": "welcome", "title": str(n)} for n in range(4)]
        event = actions.create_event("Many", items=items)
    expected = list("0123")
    for index, by in moves:
        try:
            with transaction():
                actions.move_item(event.items[index], by)
        except Conflict:
            assert not 0 <= index + by < 4
        else:
            expected.insert(index + by, expected.pop(index))
    assert titles(event) == expected
    assert len({item.position for item in event.items}) == 4


def test_a_step_that_has_not_begun_is_removed(event, moderator):
    item = item_of_kind(event, "poll")
    assert moderator.delete(f"/e/{event.code}/items/{item.id}").status_code == 303
    assert titles(event) == ["Welcome"]


def test_a_step_that_has_begun_stays(event, moderator):
    item = item_of_kind(event, "welcome")
    start(moderator, event, item)
    assert moderator.delete(f"/e/{event.code}/items/{item.id}").status_code == 409
    assert "Welcome" in titles(event)


def test_starting_a_step_turns_every_page_to_it(event, moderator, participant, hear, announced):
    hall, cockpit, screen = (hear(event, v) for v in (View.HALL, View.COCKPIT, View.SCREEN))
    item = item_of_kind(event, "poll")
    assert start(moderator, event, item).status_code == 303
    assert StepStarted(event.id, item.id) in announced(event.channel)
    assert "What do you want advice on?" in hall.html
    assert "What do you want advice on?" in screen.html
    assert 'target="cockpit-step"' in cockpit.html
    assert "What do you want advice on?" in participant.get(f"/e/{event.code}").text


def test_going_on_leaves_the_step_before(event, moderator, announced):
    first, second = event.items
    start(moderator, event, first)
    start(moderator, event, second)
    assert event.current_item is second
    assert first.finished_at is not None
    assert second.started_at is not None
    assert StepLeft(event.id, first.id) in announced(event.channel)


def test_going_back_is_possible_and_keeps_when_it_began(event, moderator):
    first, second = event.items
    start(moderator, event, first)
    began = first.started_at
    start(moderator, event, second)
    start(moderator, event, first)
    assert event.current_item is first
    assert first.started_at == began
    assert first.finished_at is None


def test_starting_the_current_step_again_changes_nothing(event, moderator, announced):
    item = event.items[0]
    start(moderator, event, item)
    before = announced(event.channel)
    assert start(moderator, event, item).status_code == 303
    assert announced(event.channel) == before


@pytest.mark.parametrize("item", ["", "x", "-1", "1.5"])
def test_a_step_that_is_no_number_is_refused(event, moderator, item):
    assert moderator.post(f"/e/{event.code}/step", {"item": item}).status_code == 422


def test_a_step_of_another_event_is_not_found(event, other_event, moderator):
    foreign = other_event.items[0]
    assert start(moderator, event, foreign).status_code == 404
    assert moderator.post(f"/e/{event.code}/items/{foreign.id}", {"title": "x"}).status_code == 404
    assert moderator.delete(f"/e/{event.code}/items/{foreign.id}").status_code == 404
    assert event.current_item is None


def test_other_steps_are_a_tap_away(event, moderator, participant):
    for item in event.items:
        page = participant.get(f"/e/{event.code}/steps/{item.id}")
        assert page.status_code == 200
        assert item.title in page.text


def test_an_account_that_may_makes_an_event_and_leads_it(app, browser, account):
    organiser = browser().sign_in(account(standing=Standing.ORGANISER, name="Olga"))
    assert organiser.get("/events/new").status_code == 200
    answer = organiser.post("/events/new", data={"title": "Closing", "language": "en"})
    made = db.session.scalars(select(Event).where(Event.title == "Closing")).one()
    assert answer.location == f"/e/{made.code}/cockpit"
    leader = db.session.scalars(select(Participant).where(Participant.event_id == made.id)).one()
    assert (leader.name, leader.role) == ("Olga", Role.MODERATOR)


def test_an_event_needs_a_title(app, browser, account):
    organiser = browser().sign_in(account(standing=Standing.ORGANISER))
    assert organiser.post("/events/new", data={"title": " ", "language": "en"}).status_code == 422
    assert db.session.scalars(select(Event)).all() == []


def test_other_accounts_and_guests_make_no_events(app, browser, account, participant):
    member = browser().sign_in(account())
    for who in (member, participant.browser):
        assert who.post("/events/new", data={"title": "Mine"}).status_code in (401, 302, 403)
    assert db.session.scalars(select(Event).where(Event.title == "Mine")).all() == []


@pytest.fixture
def organiser(browser, account, event):
    """An account that makes events, and leads this one."""
    olga = account(standing=Standing.ORGANISER, name="Olga", language="en")
    with transaction():
        actions.join(event, name="Olga", role=Role.MODERATOR, account_id=olga.id)
    return browser().sign_in(olga)


def test_an_agenda_is_kept_as_a_template_and_used_again(event, organiser, participant):
    assert organiser.post(f"/e/{event.code}/template").status_code == 303
    template = db.session.scalars(select(Event).where(Event.is_template)).one()
    assert titles(template) == titles(event)
    organiser.post(
        "/events/new", data={"title": "Again", "language": "de", "template": template.code}
    )
    again = db.session.scalars(select(Event).where(Event.title == "Again")).one()
    assert titles(again) == titles(event)
    assert (again.language, again.is_template) == ("de", False)
    assert again.current_item is None
    assert len({event.code, template.code, again.code}) == 3
    everyone = db.session.scalars(select(Participant).where(Participant.event_id == again.id)).all()
    assert [p.name for p in everyone] == ["Olga"]


def test_a_template_copies_the_question_and_not_the_answers(event, organiser, participant):
    from app.livepolls.models import Concern
    from app.livepolls.queries import poll_of
    from tests.livepolls.polls import open_poll, write

    write(open_poll(event, item_of_kind(event, "poll")), participant, "Childcare")
    organiser.post("/events/new", data={"title": "Again", "language": "en", "template": event.code})
    again = db.session.scalars(select(Event).where(Event.title == "Again")).one()
    poll = poll_of(item_of_kind(again, "poll"))
    assert poll.question == "What do you want advice on?"
    assert db.session.scalars(select(Concern).where(Concern.poll_id == poll.id)).all() == []


def test_a_foreign_event_is_no_template(event, other_event, organiser):
    organiser.post(
        "/events/new", data={"title": "Stolen", "language": "en", "template": other_event.code}
    )
    assert db.session.scalars(select(Event).where(Event.title == "Stolen")).all() == []


def test_a_template_starts_no_step(event, organiser, account, browser):
    organiser.post(f"/e/{event.code}/template")
    template = db.session.scalars(select(Event).where(Event.is_template)).one()
    with transaction(), pytest.raises(Conflict):
        actions.start_step(template, template.items[0])


def test_removing_an_event_s_item_removes_its_poll(event):
    from app.livepolls.models import FlashPoll

    with transaction():
        actions.remove_item(item_of_kind(event, "poll"))
    look_again()
    assert db.session.scalars(select(FlashPoll)).all() == []
    assert [i.kind for i in db.session.scalars(select(AgendaItem))] == ["welcome"]


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_step_that_begins_while_it_is_removed_stays_or_never_begins(app, event):
    id, item_id = event.id, item_of_kind(event, "poll").id
    read, begun = threading.Event(), threading.Event()

    def removing():
        with transaction() as session:
            item = session.get_one(AgendaItem, item_id)
            read.set()
            begun.wait(5)
            actions.remove_item(item)

    def beginning():
        read.wait(5)
        with transaction() as session:
            item = session.get_one(AgendaItem, item_id)
            actions.start_step(session.get_one(Event, id), item)
        begun.set()

    results = together(app, removing, beginning)
    assert [type(result) for result in results] == [Conflict, type(None)]
    assert event.current_item_id == item_id


def test_the_current_step_is_sent_once_and_its_own_page_leads_to_it(
    event, moderator, participant, hear
):
    """A full hall's poll is half a megabyte, and five hundred pages get it."""
    poll, welcome = item_of_kind(event, "poll"), item_of_kind(event, "welcome")
    start(moderator, event, poll)
    answer = participant.get(f"/e/{event.code}/steps/{poll.id}")
    assert (answer.status_code, answer.location) == (302, f"/e/{event.code}")
    hall = hear(event)
    start(moderator, event, welcome)
    assert poll.text not in hall.html
    assert f'action="catch-up" target="step-{poll.id}"' in hall.html
    assert poll.text in participant.get(f"/e/{event.code}/steps/{poll.id}").text
    start(moderator, event, poll)
    own_page = hall.messages[-1]["html"].split(f'id="step-{poll.id}"')[1].split("</section>")[0]
    assert f'href="/e/{event.code}"' in own_page
    assert poll.text not in own_page
