"""Those who are there: phones in the hall, a moderator at a laptop, the projector."""

from typing import Any

from playwright.sync_api import ViewportSize, expect

from tests.browser.person import Person

PHONE = ViewportSize(width=390, height=844)
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

    # The flash poll

    def write_concern(self, text: str) -> None:
        """Voice a concern, and see it among one's own."""
        self.send("form[id^=concern-form]", text)
        self.sees("#mine li", text)
        expect(self.find("form[id^=concern-form] textarea")).to_have_value("")

    def me_too(self, text: str) -> None:
        """Say *me too*."""
        button = self.finds("li.concern[id^=concern-]", text).locator("[data-support]")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")

    def withdraw_concern(self, text: str) -> None:
        """Take one's concern back."""
        self.find("#mine li", text).locator("button").click()
        self.does_not_see("#mine li", text)

    # Proposals

    def propose(self, aspect: str, text: str) -> None:
        """Propose a solution under an aspect."""
        self.open_fold(aspect)
        section = self.find("section.aspect", aspect)
        section.locator("textarea").last.fill(text)
        section.locator("form[id^=proposal-form] button.btn-primary").click()
        self.sees("li.proposal", text)

    def open_fold(self, aspect: str) -> None:
        """Open the field for a proposal under an aspect."""
        fold = self.find("section.aspect", aspect).locator("details[id^=propose]")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()

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

    device = "cockpit"

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


class Screen(Person):
    """The projector."""

    viewport = PROJECTOR
    device = "screen"
