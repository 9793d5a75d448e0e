"""What happens around the field for a concern: similar ones, edited ones, and drafts that stay."""

import re
from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import Locator, Route, expect

from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from app.events.models import Participant as Somebody
from app.extensions import db
from app.livepolls import actions
from app.livepolls.models import Concern, ConcernSupport, FlashPoll
from tests.browser.actors import Participant, arrived, known
from tests.browser.person import SETTLED, Hall, Person, look_at
from tests.factories import AGENDA, item_of_kind, look_again
from tests.livepolls.polls import open_poll

pytestmark = pytest.mark.browser

look = partial(look_at, "writing")

FIELD = "form[id^=concern-form] textarea"
SEND = "form[id^=concern-form] button.btn-primary"
HINT = "similar-concerns"
PARENTS = "How do we reach burdened parents early?"
ALSO_PARENTS = "Reaching burdened parents early, also without a maternity ward"
OTHERS = [PARENTS, ALSO_PARENTS, "Who pays the interpreters?", "Rooms for meetings are missing"]
DRAFT = "Reaching parents who are burdened, and early"
ELTERN = "Wie erreichen wir belastete Eltern frühzeitig?"
ENTWURF = "Belastete Eltern früher erreichen"
# Longer than the pause after which it looks for similar ones.
IDLE = """() => new Promise((done) => setTimeout(() => done(true), 1200))"""


def conference(*texts: str, **settings: object) -> Event:
    """A conference whose poll is open, and in which somebody else has said this."""
    with transaction():
        event = events.create_event("Conference", language="en", items=AGENDA)
    say(open_poll(event, item_of_kind(event, "poll"), **settings), *texts)
    return event


def say(poll: FlashPoll, *texts: str) -> list[Concern]:
    """Somebody voices all that, who is not in the hall."""
    with transaction():
        event = db.session.get_one(Event, poll.event_id)
        writer = events.join(event, name="Somebody else", language="en")
        held = db.session.get_one(FlashPoll, poll.id)
        return [actions.write_concern(held, writer, text, text[:60])[0] for text in texts]


def poll_and_concerns(event: Event) -> tuple[FlashPoll, list[Concern]]:
    poll = db.session.query(FlashPoll).filter_by(event_id=event.id).one()
    return poll, db.session.query(Concern).filter_by(poll_id=poll.id).order_by(Concern.id).all()


def supports(event: Event) -> int:
    """How often somebody says *me too* in this event."""
    look_again()
    own = Concern.poll.has(FlashPoll.event_id == event.id)
    return db.session.query(ConcernSupport).join(Concern).filter(own).count()


def voiced(event: Event) -> list[str]:
    """All that was voiced in this event."""
    look_again()
    own = Concern.poll.has(FlashPoll.event_id == event.id)
    return [concern.text for concern in db.session.query(Concern).filter(own)]


def hinted(person: Person) -> Locator:
    """The similar concerns that somebody is shown."""
    return person.find(f"{HINT} li")


def test_similar_concerns_spare_the_hall_another_one(app: Flask, hall: Hall) -> None:
    one_tap_is_me_too_and_the_draft_is_thrown_away_only_if_one_says_so(hall)
    whose_is_different_goes_on_and_nothing_moves_in_a_full_hall(hall)
    it_works_by_keyboard_alone_and_in_german(hall)
    who_types_before_the_script_has_come_is_shown_them_too(hall)


def test_what_one_writes_and_what_one_supports_is_kept(app: Flask, hall: Hall) -> None:
    a_hidden_poll_hints_nothing_and_a_draft_survives_and_is_sent_once(hall)
    who_supports_one_wording_is_not_made_to_support_another(hall)


def one_tap_is_me_too_and_the_draft_is_thrown_away_only_if_one_says_so(hall: Hall) -> None:
    event = conference(*OTHERS)
    ada, ben = arrived(hall, event, "Ada"), arrived(hall, event, "Ben", "de")
    ada.does_not_see(HINT)
    ada.find(FIELD).press_sequentially(DRAFT)
    expect(hinted(ada)).to_have_count(2)
    expect(ada.find(f"{HINT} [data-count]")).to_have_text("2 similar concerns from others")
    expect(ada.find("#announcer")).to_have_text("2 similar concerns from others")
    look("hint", ada)

    button = hinted(ada).filter(has_text=PARENTS).locator("button")
    place = button.bounding_box()
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    ada.sees(f"{HINT} [data-deed=throw]")
    now = button.bounding_box()
    assert place is not None
    assert now is not None
    assert abs(now["y"] - place["y"]) < 2, "it stays under the thumb"
    expect(button.locator(".count")).to_have_text("1")
    expect(ada.find("#announcer")).to_contain_text("has not been sent")
    expect(ada.find(FIELD)).to_have_value(DRAFT)
    expect(ben.finds("li.concern", PARENTS).locator(".count")).to_have_text("1")
    look("me-too", ada)

    button.click()  # not so after all
    expect(button).to_have_attribute("aria-pressed", "false")
    ada.does_not_see(f"{HINT} [data-deed=throw]")
    assert supports(event) == 0
    button.click()
    ada.press(f"{HINT} [data-deed=throw]")
    expect(ada.find(FIELD)).to_have_value("")
    expect(ada.find(f"{HINT} [data-deed=bring]")).to_be_focused()
    ada.press(f"{HINT} [data-deed=bring]")
    expect(ada.find(FIELD)).to_have_value(DRAFT)
    expect(ada.find(FIELD)).to_be_focused()
    expect(hinted(ada)).to_have_count(2)
    ada.press(f"{HINT} [data-deed=throw]")
    ada.reload()
    expect(ada.find(FIELD)).to_have_value("")
    assert supports(event) == 1
    assert voiced(event) == OTHERS


def whose_is_different_goes_on_and_nothing_moves_in_a_full_hall(hall: Hall) -> None:
    event = conference(*OTHERS)
    poll, said = poll_and_concerns(event)
    ada = arrived(hall, event, "Ada")
    ada.find(FIELD).press_sequentially(DRAFT)
    expect(hinted(ada)).to_have_count(2)
    before = hinted(ada).all_text_contents()
    say(poll, "How to reach burdened parents early", "Early ways to parents who are burdened")
    expect(ada.find("li.concern[id^=concern-]")).to_have_count(len(OTHERS) + 2)
    assert hinted(ada).all_text_contents() == before, "nothing moves while nobody types"
    with transaction() as session:
        gone = session.get_one(Concern, said[1].id)
        actions.withdraw_concern(gone, session.get_one(Somebody, gone.participant_id))
    expect(hinted(ada)).to_have_count(1)
    ada.press(f"{HINT} [data-deed=pass]")
    ada.does_not_see(HINT)
    expect(ada.find(FIELD)).to_be_focused()
    ada.page.keyboard.type(" of all")
    expect(hinted(ada)).to_have_count(2)  # the new ones, not the one that it is not like
    expect(ada.find(HINT)).not_to_contain_text(PARENTS)
    ada.press(SEND)
    ada.sees("#mine li", DRAFT)
    ada.does_not_see(HINT)
    ada.find(FIELD).press_sequentially(DRAFT)
    expect(hinted(ada)).to_have_count(3)  # never one's own
    expect(ada.find(HINT)).not_to_contain_text(f"{DRAFT} of all")


def it_works_by_keyboard_alone_and_in_german(hall: Hall) -> None:
    event = conference(ELTERN, "Wer bezahlt die Dolmetscherinnen?")
    ben = arrived(hall, event, "Ben", "de")
    ben.find(FIELD).focus()
    ben.page.keyboard.type(ENTWURF)
    expect(hinted(ben)).to_have_count(1)
    look("hint", ben)
    ben.page.keyboard.press("Shift+Tab")
    expect(hinted(ben).locator("button")).to_be_focused()
    ben.page.keyboard.press("Enter")
    throw = ben.sees(f"{HINT} [data-deed=throw]")
    expect(hinted(ben).locator("button")).to_be_focused()
    ben.page.keyboard.press("Shift+Tab")
    ben.page.keyboard.press("Shift+Tab")
    expect(throw).to_be_focused()
    ben.page.keyboard.press("Escape")
    ben.does_not_see(HINT)
    expect(ben.find(FIELD)).to_be_focused()
    expect(ben.find(FIELD)).to_have_value(ENTWURF)
    assert supports(event) == 1
    ben.page.keyboard.press("Control+a")
    ben.page.keyboard.press("Delete")
    ben.page.keyboard.type(ENTWURF)
    expect(hinted(ben).locator("[aria-pressed=true]")).to_have_count(1)
    ben.page.keyboard.press("Shift+Tab")
    ben.page.keyboard.press("Enter")
    expect(hinted(ben).locator("[aria-pressed=false]")).to_have_count(1)
    assert supports(event) == 0


def who_types_before_the_script_has_come_is_shown_them_too(hall: Hall) -> None:
    event = conference(*OTHERS)
    ada = known(Participant(hall, "Ada", language="en"), event)
    held: list[Route] = []
    ada.page.route(re.compile(r"/live-[^/]+\.js$"), lambda route: held.append(route))
    ada.page.goto(f"{ada.root}/e/{event.code}", wait_until="commit")  # it waits for the script
    ada.find(FIELD).press_sequentially(DRAFT)
    assert held, "the script is not there yet"
    ada.does_not_see(HINT)
    for route in held:
        route.continue_()
    expect(hinted(ada)).to_have_count(2)


def who_supports_one_wording_is_not_made_to_support_another(hall: Hall) -> None:
    event = conference()
    ada, ben, cleo = (
        arrived(hall, event, "Ada"),
        arrived(hall, event, "Ben", "de"),
        arrived(hall, event, "Cleo"),
    )
    ada.write_concern("Childcare in the evening")
    ben.me_too("Childcare in the evening")
    ada.press("#mine li a")
    ada.sees("#concern-edit .field-help", "Childcare in the evening")
    look("editing", ada)
    ada.find("#concern-edit textarea").fill("More money for nurses")
    ada.press("#concern-edit button[type=submit]")
    for person in (ada, ben, cleo):
        card = person.finds("li.concern[id^=concern-]", "More money for nurses")
        expect(card.locator(".supported-as q")).to_have_text("Childcare in the evening")
    cleo.me_too("More money for nurses")
    expect(ben.finds("li.concern", "More money").locator(".count")).to_have_text("2")
    look("supported-as", ben)
    ben.find("li.concern[id^=concern-] [data-support]").click()
    for person in (ada, ben, cleo):
        person.does_not_see(".supported-as")
    ben.find("li.concern[id^=concern-] [data-support]").click()

    ada.press("#mine li a")
    ada.find("#concern-edit textarea").fill("Something else entirely")
    ada.press("#concern-edit button[type=submit]")
    ben.sees(".supported-as q", "More money for nurses")
    ada.press("#mine li button")
    ada.sees("#notices", "stays")
    for person in (ada, ben, cleo):
        person.finds("li.concern[id^=concern-]", "More money for nurses")
        person.does_not_read("Something else entirely")
    ada.does_not_see("#mine li")


def a_hidden_poll_hints_nothing_and_a_draft_survives_and_is_sent_once(hall: Hall) -> None:
    event = conference(*OTHERS, hides_until_closed=True)
    ada = arrived(hall, event, "Ada")
    ada.find(FIELD).press_sequentially(DRAFT)
    ada.page.wait_for_function(IDLE)
    ada.does_not_see(HINT)
    ada.knows_nothing_of(*OTHERS)

    ada.reload()
    expect(ada.find(FIELD)).to_have_value(DRAFT)
    with hall.outage():
        ada.context.set_offline(True)
        ada.find(FIELD).fill("A whole thought")
        ada.press(SEND)
        ada.sees("sent-state.is-waiting")
        expect(ada.find(FIELD)).to_have_value("A whole thought")
        ada.context.set_offline(False)
        ada.sees("#mine li", "A whole thought", within=SETTLED)
        ada.does_not_see("#connection-notice", within=SETTLED)
    expect(ada.find(FIELD)).to_have_value("")

    def lose(route: Route) -> None:
        """The server has it, but the page does not hear so: it sends again, by the same name."""
        route.fetch()
        route.abort()

    with hall.outage():
        ada.page.route("**/concerns", lose, times=1)
        ada.find(FIELD).fill("Said once")
        ada.press(SEND)
        ada.sees("#mine li", "Said once", within=SETTLED)
        ada.sees("sent-state.is-sent", within=SETTLED)
    expect(ada.find(FIELD)).to_have_value("")
    assert voiced(event) == [*OTHERS, "A whole thought", "Said once"]
