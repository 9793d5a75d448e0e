"""Two people propose the same, and a moderator with nothing but a keyboard brings it together."""

import pytest
from playwright.sync_api import expect

from app.database import transaction
from app.events import actions as events
from app.events.models import Event, Participant
from app.extensions import db
from app.livepolls import actions as polls
from app.livepolls.queries import poll_of
from app.permissions import Role
from tests.browser.actors import Moderator
from tests.browser.actors import Participant as Guest
from tests.browser.person import Hall, Person
from tests.factories import AGENDA, item_of_kind, look_again

pytestmark = pytest.mark.browser

CATCH_UP = "<turbo-stream action='catch-up'><template></template></turbo-stream>"
VISITS = "Willkommensbesuche in den ersten Wochen"
LETTERS = "A letter of welcome to every family"
SAME = "Visit every family in the first weeks"


class AtTheKeyboard(Moderator):
    """Somebody who uses no pointer."""

    def presses(self, key: str, until: str, at_most: int = 80) -> None:
        """Press a key until the focus is on what is meant."""
        focus = "selector => document.activeElement?.matches(selector)"
        for _ in range(at_most):
            self.front().keyboard.press(key)
            if self.page.evaluate(focus, until):
                return
        raise AssertionError(f"{until} is not reached with {key}")

    def chooses(self, *, by: str, what: str) -> None:
        """Go somewhere with a key, and take it."""
        self.presses(by, what)
        self.page.keyboard.press("Enter")


@pytest.fixture
def event(app: object) -> Event:
    """An event whose one aspect is chosen."""
    with transaction():
        event = events.create_event("Conference", language="de", items=AGENDA)
        author = events.join(event, name="Carla Conrad")
        poll = poll_of(item_of_kind(event, "poll"))
        assert poll is not None
        polls.open_poll(poll)
        concern, _new = polls.write_concern(poll, author, "How do we reach parents?", "k")
        polls.create_aspect(poll, "Reaching parents", [concern.id])
        polls.close_poll(poll)
        db.session.flush()
        polls.choose_aspects(poll, [])
    return event


@pytest.fixture
def aspect(event: Event) -> str:
    """The address of its page."""
    poll = poll_of(item_of_kind(event, "poll"))
    assert poll is not None
    return f"/aspects/{poll.aspects[0].id}"


@pytest.fixture
def people(hall: Hall, event: Event) -> tuple[Guest, Guest, AtTheKeyboard]:
    """Two with phones, and one who leads the event with a keyboard."""
    anna, ben = Guest(hall, "Anna Auer"), Guest(hall, "Ben Baker", language="en")
    leader = AtTheKeyboard(hall, "Mia Moderator")
    for person in (anna, ben, leader):
        person.open(f"/join/{event.code}")
        person.find("#name").fill(person.name)
        person.press("#join-form button[type=submit]")
        person.arrives(rf"/e/{event.code}$")
    look_again()
    with transaction():
        db.session.query(Participant).filter_by(name=leader.name).one().role = Role.MODERATOR
    return anna, ben, leader


def propose(person: Person, text: str) -> None:
    if person.find("details[id^=propose]").get_attribute("open") is None:
        person.press("details[id^=propose] summary")
    person.send("form[id^=proposal-form]", text)
    person.sees("li.proposal", text)


def place_of(person: Person, text: str) -> int:
    box = person.sees("li.proposal", text).bounding_box()
    assert box is not None
    return round(box["y"])


def order_on(person: Person) -> list[str]:
    return [text.strip() for text in person.find("li.proposal .post-text").all_inner_texts()]


def card(person: Person, text: str) -> str:
    return f"#{person.sees('li.proposal', text).get_attribute('id')}"


def test_new_proposals_wait_and_nothing_moves_under_the_thumb(people, aspect):
    anna, ben, _leader = people
    for person in (anna, ben):
        person.open(aspect)
    propose(ben, LETTERS)
    anna.press("details[id^=propose] summary")
    field = anna.find("form[id^=proposal-form] textarea")
    field.fill("Half a thought")
    anna.finds("li.proposal", LETTERS)
    field.focus()
    before = place_of(anna, LETTERS)
    propose(ben, SAME)
    anna.sees(".quiet-button")
    assert place_of(anna, LETTERS) == before
    anna.does_not_see("li.proposal", SAME)
    expect(field).to_be_focused()
    expect(field).to_have_value("Half a thought")
    anna.is_usable()
    anna.press(".quiet-button")
    expect(anna.sees("li.proposal", SAME)).to_be_focused()
    expect(field).to_have_value("Half a thought")
    anna.does_not_see(".quiet-button")


def test_the_order_is_the_readers_own_until_they_ask_again(people, aspect):
    anna, ben, _leader = people
    for person in (anna, ben):
        person.open(aspect)
    for text in (LETTERS, SAME):
        propose(ben, text)
    anna.finds("li.proposal", SAME)
    anna.press("#proposal-order a[href*=supported]")
    anna.arrives(r"sort=supported")
    expect(anna.find("#proposal-order")).to_be_focused()
    assert order_on(anna) == [SAME, LETTERS]
    button = anna.sees("li.proposal", LETTERS).locator("[data-support^=proposal]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert order_on(anna) == [SAME, LETTERS]
    propose(ben, VISITS)
    anna.sees(".quiet-button")
    with anna.page.expect_response(lambda response: "sort=supported" in response.url):
        anna.page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", CATCH_UP)
    anna.press(".quiet-button")
    assert order_on(anna) == [VISITS, SAME, LETTERS]
    anna.press("#proposal-order a[href*=supported]")
    expect(anna.find("li.proposal .post-text").first).to_have_text(LETTERS)


def test_two_proposals_become_one_and_are_parted_again_with_the_keyboard(people, aspect):
    anna, ben, leader = people
    for person in people:
        person.open(aspect)
    propose(anna, VISITS)
    propose(ben, SAME)
    anna.finds("li.proposal", SAME).locator("[data-support^=thanks]").click()
    ben.finds("li.proposal", VISITS).locator("[data-support^=proposal]").click()
    for text in (VISITS, SAME):
        leader.finds("li.proposal", text)
    same, visits = card(leader, SAME), card(leader, VISITS)

    leader.chooses(by="Tab", what=f"{same} details.menu summary")
    leader.chooses(by="ArrowDown", what=f"{same} a[href$='/merger']")
    leader.arrives(r"/merger$")
    leader.is_usable()
    leader.presses("Tab", "input[name=into]")
    leader.page.keyboard.press("Space")
    expect(leader.find(f"#into-{visits.rpartition('-')[2]}")).to_be_checked()
    leader.chooses(by="Tab", what="#merging button.btn-primary")
    leader.arrives(r"/proposals/\d+$")

    for person in (anna, ben):
        person.does_not_see("li.proposal > .post-text", SAME)
        person.press("details.merged-proposals summary")
        merged = person.sees("li.merged-proposal", SAME)
        expect(merged).to_contain_text("Ben Baker")
        person.is_usable()
    expect(ben.sees("li.merged-proposal", SAME).locator(".own-mark")).to_be_visible()
    expect(anna.sees("li.merged-proposal", SAME).locator(".own-mark")).to_be_hidden()

    leader.chooses(by="Tab", what="details.merged-proposals summary")
    leader.is_usable()
    leader.chooses(by="Tab", what="li.merged-proposal button")
    leader.does_not_see("li.merged-proposal")
    expect(ben.finds("li.proposal", SAME).locator(".own-mark").first).to_be_visible()
    thanks = anna.finds("li.proposal", SAME).locator("[data-support^=thanks]")
    expect(thanks).to_have_attribute("aria-pressed", "true")
