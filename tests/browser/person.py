"""Somebody with a real browser: what they see, do and must not see; and the hall of them all."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, expect

from tests.browser import axe
from tests.live_server import LiveServer

LAPTOP = ViewportSize(width=1440, height=900)
SETTLED = 15_000  # milliseconds within which every page is true again after a fault
PICTURES = os.environ.get("STORY_PICTURES")  # a folder for pictures of every step

# Noticed in the page itself, since the test's own look around the hall takes its time.
WATCH = """(selector) => {
  const page = document.documentElement;
  const look = () => {
    if (!page.dataset.seenAt && document.querySelector(selector)) page.dataset.seenAt = Date.now();
  };
  window.watcher?.disconnect();
  delete page.dataset.seenAt;
  window.watcher = new MutationObserver(look);
  window.watcher.observe(document, {subtree: true, childList: true, attributes: true});
  look();
}"""
# Whether all that a page has asked to hear is answered: what is only said before is lost on it.
HEARING = r"""{
  const asked = new Set();
  let hears = false;
  const show = () => document.documentElement?.toggleAttribute("data-hears", hears && !asked.size);
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({data}) => {
        if (!asked.delete(/^43(\d+)/.exec(data)?.[1])) return;
        hears = true;
        show();
      });
      this.addEventListener("close", () => {
        asked.clear();
        hears = false;
        show();
      });
    }
    send(data) {
      const number = /^42(\d+)\["subscribe"/.exec(data)?.[1];
      if (number) asked.add(number);
      show();
      super.send(data);
    }
  };
}"""
DEAF = "html:not([data-hears]) [data-channel]:not([data-channel=''])"
HAS_FOCUS = "each => each === document.activeElement"
FARTHEST = 300  # times that somebody presses a key to get somewhere
DIGITS = re.compile(r"\d+")
OUTAGE = re.compile(r"net::ERR_|WebSocket connection to|Failed to fetch")


def slowed(milliseconds: float) -> float:
    """A time as it is here and now: longer where more wants to run than there are cores."""
    return milliseconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Person:
    """Somebody with a browser of their own, and what it complains about."""

    viewport = LAPTOP

    def __init__(self, hall: "Hall", name: str, *, language: str = "de", root: str = "") -> None:
        self.hall, self.name, self.language = hall, name, language
        self.root = root or hall.server.url
        self.problems: list[str] = []
        self.refusal = ""
        self.context = hall.browser.new_context(
            viewport=self.viewport,
            locale={"de": "de-DE", "en": "en-GB"}[language],
            color_scheme="light",
            reduced_motion="reduce",
            **self._options(),
        )
        self.context.add_init_script(HEARING)
        self.page = self.context.new_page()
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self._note(f"error: {error}"))
        hall.people.append(self)

    def _options(self) -> dict[str, Any]:
        return {}

    @property
    def device(self) -> str:
        """What they look at, in a word for the names of pictures."""
        return f"phone-{self.language}"

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not (self.refusal and self.refusal in message.text):
            self._note(f"{message.text} at {message.location.get('url')}")

    def _note(self, problem: str) -> None:
        if not (self.hall.is_away and OUTAGE.search(problem)):
            self.problems.append(problem)

    @contextmanager
    def refused(self, status: int) -> Iterator[None]:
        """The server refuses what they do meanwhile, and their browser says so."""
        refusal = self.refusal = f"status of {status}"
        with self.page.expect_console_message(lambda message: refusal in message.text):
            yield
        self.refusal = ""

    # Going and looking

    def has_been_here(self, session: dict[str, Any]) -> None:
        """Their browser remembers this of an earlier visit."""
        serializer = current_app.session_interface.get_signing_serializer(current_app)  # type: ignore[attr-defined]
        cookie = {"name": current_app.config["SESSION_COOKIE_NAME"], "url": self.root}
        self.context.add_cookies([{**cookie, "value": serializer.dumps(session)}])  # type: ignore[list-item]

    def open(self, path: str) -> int:
        """Open a page by its path or address; return the status of the answer."""
        parts = urlsplit(path)
        response = self.page.goto(path if parts.scheme else self.root + path)
        self.listens()
        return response.status if response else 0

    def listens(self) -> None:
        """Wait until the page hears what it names: what is only said is said to who listens."""
        if not self.hall.is_away:
            expect(self.front().locator(DEAF), self._say("does not listen")).to_have_count(0)

    @contextmanager
    def anew(self, selector: str) -> Iterator[None]:
        """What is done meanwhile brings this to the page once more."""
        self.find(selector).first.evaluate("each => each.setAttribute('data-before', '')")
        yield
        before = self.find(f"{selector}[data-before]")
        expect(before, self._say("still sees the old", selector)).to_have_count(0)

    @property
    def path(self) -> str:
        """Where they are."""
        return urlsplit(self.page.url).path

    def front(self) -> Page:
        """Their page, in front: one in the background is drawn late."""
        self.page.bring_to_front()
        return self.page

    def find(self, selector: str, text: str = "") -> Locator:
        """What matches on their page, with this text in it."""
        found = self.front().locator(selector)
        return found.filter(has_text=text) if text else found

    def sees(self, selector: str, text: str = "", within: int | None = None) -> Locator:
        """Wait until it is there to be seen."""
        found = self.find(selector, text).filter(visible=True).first
        expect(found, self._say("does not see", selector, text)).to_be_visible(
            timeout=within and slowed(within)
        )
        return found

    def does_not_see(self, selector: str, text: str = "", within: int | None = None) -> None:
        """Wait until it is not there to be seen."""
        found = self.find(selector, text).filter(visible=True)
        expect(found, self._say("still sees", selector, text)).to_have_count(
            0, timeout=within and slowed(within)
        )

    def does_not_read(self, *texts: str) -> None:
        """None of these texts is anywhere on their page, visible or not."""
        for text in texts:
            expect(
                self.front().locator("body"), self._say("still reads", text)
            ).not_to_contain_text(text)

    def knows_nothing_of(self, *texts: str) -> None:
        """None of these is in the page at all, in no attribute and no script."""
        content = self.front().content()
        for text in texts:
            assert text not in content, self._say("should know nothing of", text)

    def _say(self, *words: str) -> str:
        return " ".join((self.name, *words)).strip() + f" at {self.path}"

    def arrives(self, pattern: str, within: int | None = None) -> None:
        """Wait until they are at an address that ends like this."""
        expect(self.front(), self._say("waits to be at", pattern)).to_have_url(
            re.compile(pattern), timeout=within and slowed(within)
        )

    def is_usable(self) -> None:
        """Check the page with axe, in light and dark."""
        self.sees("html:not([aria-busy]) body")  # not on the way to another page
        faults = axe.faults(self.page)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.problems += [f"{self.path}: {fault}" for fault in faults]

    # Doing

    def tap(self, found: Locator) -> None:
        """Use a control."""
        found.click()

    def fill(self, found: Locator, text: str) -> None:
        """Write into a field, in place of what it holds."""
        found.fill(text)

    def choose(self, found: Locator) -> None:
        """Choose a radio button."""
        found.check()

    def press(self, selector: str, text: str = "") -> None:
        """Tap what matches."""
        self.tap(self.sees(selector, text))

    def send(self, form: str, text: str) -> None:
        """Write into a form's text field and send it with its main button."""
        found = self.find(form)
        self.fill(found.locator("textarea"), text)
        self.tap(found.locator("button.btn-primary"))

    def keys(self, *keys: str) -> None:
        """Press single keys."""
        for key in keys:
            self.front().keyboard.press(key)

    def reach(self, found: Locator, key: str = "Tab") -> None:
        """Go to something with one key alone."""
        expect(found, self._say("cannot reach", str(found))).to_be_attached()
        for _ in range(FARTHEST):
            if found.evaluate(HAS_FOCUS):
                return
            self.keys(key)
        raise AssertionError(self._say("does not reach", str(found), "with", key))

    def finds(self, selector: str, text: str) -> Locator:
        """See something that may have to be let in first: it waits behind "2 new"."""
        item = self.find(selector, text).first
        expect(item, self._say("does not find", selector, text)).to_be_attached()
        if item.get_attribute("data-held") is not None:
            self.press(".quiet-button")
        return self.sees(selector, text)

    def reload(self) -> None:
        """Reload the page."""
        self.front().reload()
        self.listens()

    # Time

    def watch(self, selector: str) -> None:
        """From now on, notice when this first appears."""
        self.page.evaluate(WATCH, selector)

    def clock(self) -> int:
        """The machine's time, in milliseconds."""
        return int(self.page.evaluate("Date.now()"))

    def noticed(self, since: int) -> int:
        """How long after a moment the watched thing appeared, in milliseconds."""
        page = self.find("html")
        expect(page, self._say("does not notice")).to_have_attribute("data-seen-at", DIGITS)
        return int(page.get_attribute("data-seen-at") or 0) - since

    def picture(self, title: str) -> None:
        """Keep pictures of the page, by day and by night."""
        folder = Path(str(PICTURES))
        folder.mkdir(parents=True, exist_ok=True)
        for scheme in ("light", "dark"):
            self.front().emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self.page.screenshot(path=folder / f"{title}-{scheme}.png", animations="disabled")
        self.page.emulate_media(color_scheme="light")


def look_at(story: str, title: str, *people: Person) -> None:
    """Everybody can use what they see; pictures are kept if somebody wants them."""
    for person in people:
        person.is_usable()
        if PICTURES:
            person.picture(f"{story}-{title}-{person.device}")


class Hall:
    """All who are there, and the server."""

    def __init__(self, browser: Browser, server: LiveServer) -> None:
        self.browser, self.server = browser, server
        self.people: list[Person] = []
        self.is_away = False

    @contextmanager
    def outage(self) -> Iterator[None]:
        """While it lasts, browsers may complain that they reach nobody."""
        self.is_away = True
        yield
        self.is_away = False

    def check(self) -> None:
        """Raise if any browser has complained."""
        problems = [f"{person.name}: {each}" for person in self.people for each in person.problems]
        assert not problems, "\n".join(problems)

    def close(self) -> None:
        """Send everybody home; raise if a browser has complained."""
        for person in self.people:
            person.context.close()
        self.check()
