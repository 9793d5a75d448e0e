"""Real pages in the hall, which have to be true again by themselves after every fault."""

import time
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.person import slowed
from tests.chromium import WRONG_CLOCK
from tests.faults.account import voices
from tests.faults.crowd import FULL, SETTLED

PHONE = ViewportSize(width=390, height=844)
SHOWN = """() => Object.fromEntries(
  [...document.querySelectorAll("li.concern[id^=concern-]")].map((card) => [
    card.id.slice("concern-".length), Number(card.querySelector(".count").textContent)]))"""


class Watcher:
    """Somebody with a page of the live poll; their clock may be wrong by some seconds."""

    def __init__(
        self, chromium: Browser, root: str, code: str, name: str, *, clock: int = 0
    ) -> None:
        self.name = name
        self.wrote: list[str] = []
        self.context = chromium.new_context(viewport=PHONE, locale="de-DE")
        self.page: Page = self.context.new_page()
        if clock:
            self.page.add_init_script(WRONG_CLOCK % (clock * 1000))
        self.page.goto(f"{root}/join/{code}")
        self.page.fill("#name", name)
        self.page.click("#join-form button[type=submit]")
        self.page.wait_for_url(f"**/e/{code}")

    def write(self, text: str) -> None:
        """Send a concern, whatever the line is like just now."""
        self.wrote.append(text)
        self.page.bring_to_front()
        form = self.page.locator("form[id^=concern-form]")
        form.locator("textarea").fill(text)
        form.locator("button.btn-primary").dispatch_event("click")  # wherever it moves just now

    @property
    def shows(self) -> dict[int, int]:
        """The concerns on the page, and how many say *me too*."""
        self.page.bring_to_front()
        shown: dict[str, Any] = self.page.evaluate(SHOWN)
        return {int(concern): int(count) for concern, count in shown.items()}

    @property
    def state(self) -> str:
        """What the page says of itself, for whoever looks for a fault."""
        said = self.page.evaluate(
            """() => [location.pathname, document.readyState, document.body.className,
              ...[...document.querySelectorAll("sent-state, form[id^=concern-form] textarea")].map(
                (it) => `${it.localName}.${it.className}: ${it.value ?? it.textContent}`)]"""
        )
        return " | ".join(said)

    def close(self) -> None:
        """Go home."""
        self.context.close()


def all_true(watchers: list[Watcher], poll_id: int, seconds: float = SETTLED) -> None:
    """Wait until each of the pages shows what the database holds; longer where much else runs."""
    deadline = time.monotonic() + (seconds if FULL else slowed(seconds))
    for watcher in watchers:
        while watcher.shows != (true := voices(poll_id)):
            if time.monotonic() > deadline:
                shown = watcher.shows
                wrong = {c: (shown.get(c), n) for c, n in true.items() if shown.get(c) != n}
                extra = sorted(set(shown) - set(true))
                raise AssertionError(f"{watcher.name} is not true: {wrong}, too many: {extra}")
            watcher.page.wait_for_timeout(200)
