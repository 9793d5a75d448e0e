"""Everything that matters works as plain forms, in a browser without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.demo.sample import MODERATOR
from tests.browser.conference import Conference

pytestmark = pytest.mark.browser

FIRST = "Wie erreichen wir Eltern früh?"
SECOND = "Wer bezahlt die Dolmetscherinnen?"
BETTER = "Wer bezahlt Dolmetscherinnen und Dolmetscher?"


@pytest.fixture
def plain(chromium: Browser, conference: Conference) -> Iterator["Plain"]:
    """A hall of browsers without scripts."""
    hall = Plain(chromium, conference)
    yield hall
    hall.close()


class Plain:
    """Pages without scripts; each in a browser of its own."""

    def __init__(self, browser: Browser, conference: Conference) -> None:
        self.browser, self.conference = browser, conference
        self.root, self.code = conference.hall.server.url, conference.code
        self.pages: list[Page] = []

    def page(self, path: str) -> Page:
        """A fresh browser at this path."""
        page = self.browser.new_context(java_script_enabled=False).new_page()
        page.goto(self.root + path)
        self.pages.append(page)
        return page

    def joined(self, name: str, municipality: str) -> Page:
        """Somebody who has joined."""
        page = self.page(f"/join/{self.code}")
        page.fill("#name", name)
        page.select_option("#municipality", label=municipality)
        page.click("#join-form button[type=submit]")
        return page

    def moderator(self) -> Page:
        """Who leads, in the cockpit."""
        page = self.page("/sign-in")
        page.fill("#email", MODERATOR)
        page.fill("#password", self.conference.password)
        page.click("#sign-in button[type=submit]")
        page.click(f"a.card:has-text('{self.code}')")
        return page

    def close(self) -> None:
        """Send everybody home."""
        for page in self.pages:
            page.context.close()


def test_a_conference_without_scripts(plain: Plain) -> None:
    mona = plain.moderator()
    anna, ben = plain.joined("Anna Auer", "Auental"), plain.joined("Ben Baker", "Zechenau")
    for title in ("Begrüßung", "Blitzabfrage"):
        go_on(mona, title)
    concerns_are_voiced(anna, ben)
    aspects_are_gathered(mona)
    solutions_are_proposed_and_discussed(mona, anna, ben)
    questions_are_asked(anna, ben)
    rooms_are_chosen_and_written_in(mona, anna, ben)


def send(page: Page, form: str, text: str) -> None:
    """Write into a form and send it."""
    page.fill(f"{form} textarea", text)
    page.click(f"{form} button.btn-primary")


def go_on(mona: Page, title: str) -> None:
    """Press the one big button, which brings the hall to this step."""
    mona.click(".next-step")
    sees(mona, "#cockpit-agenda .is-current", title)


def sees(page: Page, selector: str, text: str = "") -> None:
    """It is on the page that comes."""
    found = page.locator(selector, has_text=text) if text else page.locator(selector)
    expect(found.first, f"{selector} {text} at {page.url}").to_be_attached()


def concerns_are_voiced(anna: Page, ben: Page) -> None:
    """Write, support, edit, withdraw."""
    for text in (FIRST, SECOND, "Das nehme ich zurück"):
        anna.reload()
        send(anna, "form[id^=concern-form]", text)
        sees(anna, "#mine li", text)
    anna.click(f"#mine li:has-text('{SECOND}') a")
    send(anna, "#concern-edit", BETTER)
    sees(anna, "#mine li", BETTER)
    anna.click("#mine li:has-text('Das nehme ich zurück') button")
    expect(anna.locator("#mine li")).to_have_count(2)
    ben.reload()
    ben.click(f"li.concern:has-text('{FIRST}') [data-support]")
    sees(ben, f"li.concern:has-text('{FIRST}') .count", "1")


def aspects_are_gathered(mona: Page) -> None:
    """Close the poll, make aspects from lists, and choose them."""
    mona.reload()
    mona.click(".next-step")
    sees(mona, "button[formaction*='/closure']")
    a_concern_is_split_and_put_together(mona)
    for text in (FIRST, BETTER):
        mona.click(f".board-card:has-text('{text}') summary")
        mona.click(f".board-card:has-text('{text}') a[href$='/place']")
        mona.check("#place-new")
        mona.click("#place button[type=submit]")
        sees(mona, ".board-aspects .board-card", text)
    mona.click(".next-step")
    sees(mona, ".board-column.is-chosen")


def a_concern_is_split_and_put_together(mona: Page) -> None:
    """Two fields and a button; *undo* brings back what was said."""
    mona.click(f".board-card:has-text('{BETTER}') summary")
    mona.click(f".board-card:has-text('{BETTER}') a[href$='/parts']")
    mona.fill("#first-part", "Wer bezahlt Dolmetscherinnen?")
    mona.fill("#second-part", "Wer bezahlt Dolmetscher?")
    mona.click("#parts button[type=submit]")
    sees(mona, ".board-card q", BETTER)
    expect(mona.locator(".board-loose .board-card")).to_have_count(3)
    mona.click(".board-tools button[formaction$='/undoing'] >> nth=0")
    expect(mona.locator(".board-loose .board-card")).to_have_count(2)


def solutions_are_proposed_and_discussed(mona: Page, anna: Page, ben: Page) -> None:
    """Propose with a preview, support, comment, reply."""
    go_on(mona, "Lösungsansätze")
    anna.goto(anna.url)
    anna.click("details[id^=propose] summary >> nth=0")
    anna.fill("form[id^=proposal-form] textarea >> nth=0", "Besuche durch **Hebammen**")
    anna.click("form[id^=proposal-form] button[name=preview] >> nth=0")
    sees(anna, "output strong", "Hebammen")
    anna.click("form button.btn-primary")
    sees(anna, "li.proposal strong", "Hebammen")
    ben.reload()
    ben.click("li.proposal [data-support^=proposal]")
    sees(ben, "li.proposal [data-support^=proposal] .count", "1")
    ben.click("li.proposal a[href*='/proposals/']")
    send(ben, "form[id^=post-form]", "Das geht auch bei uns.")
    sees(ben, "li.post", "Das geht auch bei uns.")
    anna.goto(ben.url)
    anna.click("li.post a[href*='repl']")
    send(anna, "#write", "Wie viele sind es?")
    sees(anna, "li.post .post-quote")


def questions_are_asked(anna: Page, ben: Page) -> None:
    """Ask and support a question."""
    anna.click("nav.tabs a[href$='/questions']")
    send(anna, "#question-form", "Wann geht es weiter?")
    sees(anna, "#questions-open li", "Wann geht es weiter?")
    ben.goto(anna.url)
    ben.click("#questions-open li [data-support]")
    sees(ben, "#questions-open .count", "1")


def rooms_are_chosen_and_written_in(mona: Page, anna: Page, ben: Page) -> None:
    """Round 1 leads into a room, round 2 asks which one."""
    go_on(mona, "Austauschrunde 1")
    anna.click("nav.tabs a")
    sees(anna, ".room-title")
    first = anna.url
    anna.check("form[id^=contribution-form] input[value=impulse]")
    send(anna, "form[id^=contribution-form]", "Ein runder Tisch")
    sees(anna, "li.contribution--impulse", "Ein runder Tisch")
    mona.click(".next-step")
    sees(mona, "button[formaction*='/opening']:not([formaction*=DELETE])")
    go_on(mona, "Austauschrunde 2")
    ben.click("nav.tabs a")
    sees(ben, "#room-choice")
    anna.goto(ben.url)
    anna.click("#room-choice button >> nth=0")
    sees(anna, ".room-title")
    assert anna.url != first
