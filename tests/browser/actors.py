"""Those who are there: phones in the hall, a moderator at a laptop, the projector."""

from typing import Any, TypeVar

from playwright.sync_api import Locator, ViewportSize, expect

from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from app.permissions import Role
from tests.browser.person import Hall, Person

IS_BOX = "each => each.matches('input[type=checkbox], input[type=radio]')"
PHONE = ViewportSize(width=390, height=844)
P = TypeVar("P", bound=Person)
PROJECTOR = ViewportSize(width=1920, height=1080)


class Participant(Person):
    """Somebody in the hall, with a phone."""

    viewport = PHONE

    def _options(self) -> dict[str, Any]:
        return {"device_scale_factor": 2, "is_mobile": True, "has_touch": True}

    def join(self, code: str, municipality: str = "", state: str = "") -> None:
        """Join by the address of the QR code."""
        self.open(f"/join/{code}")
        self.find("#name").fill(self.name)
        if municipality:
            self.find("#municipality").select_option(label=municipality)
        if state:
            self.press("#join-form summary")
            self.find("#state").fill(state)
        self.press("#join-form button[type=submit]")
        self.arrives(rf"/e/{code}$")
        self.listens()

    # The flash poll

    def write_concern(self, text: str) -> None:
        """Voice a concern, and see it among one's own."""
        self.send("form[id^=concern-form]", text)
        self.sees("#mine li", text)
        expect(self.find("form[id^=concern-form] textarea")).to_have_value("")

    def me_too(self, text: str) -> None:
        """Say *me too*."""
        button = self.finds("li.concern[id^=concern-]", text).locator("[data-support]")
        self.tap(button)
        expect(button).to_have_attribute("aria-pressed", "true")

    def withdraw_concern(self, text: str) -> None:
        """Take one's concern back."""
        self.tap(self.find("#mine li", text).locator("button"))
        self.does_not_see("#mine li", text)

    # Proposals

    def propose(self, aspect: str, text: str) -> None:
        """Propose a solution under an aspect."""
        self.open_fold(aspect)
        section = self.find("section.aspect", aspect)
        self.fill(section.locator("textarea").last, text)
        self.tap(section.locator("form[id^=proposal-form] button.btn-primary"))
        self.sees("li.proposal", text)

    def open_fold(self, aspect: str) -> None:
        """Open the field for a proposal under an aspect."""
        fold = self.find("section.aspect", aspect).locator("details[id^=propose]")
        if fold.get_attribute("open") is None:
            self.tap(fold.locator("summary"))

    # Rooms

    def contribute(self, kind: str, text: str) -> None:
        """Contribute an experience, a concern or an impulse in one's room."""
        form = self.find("form[id^=contribution-form]")
        form.locator(f"input[value={kind}]").check()
        form.locator("textarea").fill(text)
        form.locator("button.btn-primary").click()
        self.sees("li.contribution", text)

    @property
    def room(self) -> int:
        """The number in the address of the room they are in."""
        self.arrives(r"/rooms/\d+$")
        return int(self.path.rsplit("/", 1)[1])


class Moderator(Person):
    """Who leads the event, at a laptop."""

    @property
    def device(self) -> str:
        """The laptop, and its language if that is not the hall's."""
        return "cockpit" if self.language == "de" else f"cockpit-{self.language}"

    def sign_in(self, email: str, password: str) -> None:
        """Sign in with an account."""
        self.open("/sign-in")
        self.find("#email").fill(email)
        self.find("#password").fill(password)
        self.press("#sign-in button[type=submit]")

    def next(self) -> None:
        """Press the one big button, and wait until the cockpit has followed."""
        step = self.find("#cockpit-step")
        before = str(step.get_attribute("data-version"))
        self.press(".next-step")
        expect(step).not_to_have_attribute("data-version", before)


class WithoutPointer(Person):
    """Somebody who uses nothing but the keyboard."""

    def tap(self, found: Locator) -> None:
        """Go there, and use it as the keyboard does."""
        self.reach(found)
        self.keys("Space" if found.evaluate(IS_BOX) else "Enter")

    def fill(self, found: Locator, text: str) -> None:
        """Go there, and type."""
        self.reach(found)
        self.keys("Control+a", "Delete")
        self.page.keyboard.type(text)

    def choose(self, found: Locator) -> None:
        """Go to the group of a radio button, and on to that one."""
        first = found.locator("xpath=ancestor::fieldset//input[@type='radio']").first
        self.reach(first)
        self.keys("Space")
        self.reach(found, "ArrowDown")


class ParticipantWithoutPointer(WithoutPointer, Participant):
    """Somebody in the hall who has a keyboard."""


class ModeratorWithoutPointer(WithoutPointer, Moderator):
    """Who leads with the keyboard alone."""


class Screen(Person):
    """The projector."""

    viewport = PROJECTOR
    device = "screen"


def known(person: P, event: Event, role: Role = Role.PARTICIPANT) -> P:
    """Somebody who has joined an event before, with the browser they have now."""
    with transaction():
        joined = events.join(event, name=person.name, role=role, language=person.language)
    person.has_been_here({"participants": {str(event.id): joined.id}})
    return person


def arrived(hall: Hall, event: Event, name: str, language: str = "en") -> Participant:
    """Somebody at the event, with a phone."""
    person = known(Participant(hall, name, language=language), event)
    person.open(f"/e/{event.code}")
    return person


def gathered(hall: Hall, event: Event, *names: str) -> list[Participant]:
    """People of these names, at the event with their phones."""
    return [arrived(hall, event, name) for name in names]


def leading(hall: Hall, event: Event, kind: type[Moderator] = Moderator) -> Moderator:
    """Mona, who leads an event, in the cockpit."""
    mona = known(kind(hall, "Mona", language="en"), event, Role.MODERATOR)
    mona.open(f"/e/{event.code}/cockpit")
    return mona
