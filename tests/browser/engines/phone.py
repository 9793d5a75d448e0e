"""A phone in somebody's hand, whatever engine it has: what they do, and wait to see."""

import base64
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browser.engines import in_the_page
from tests.browser.engines.webdriver import REFERENCE, Engine, Refusal
from tests.browser.person import PICTURES

PATIENCE = 15  # seconds within which every page is true again after a fault
SIZE = (390, 844)
NARROW = (360, 740)

OUTAGE = re.compile(r"connection|NetworkError|Load failed|interrupted", re.IGNORECASE)


class Phone:
    """What its owner does; each look waits until there is something to see."""

    def __init__(self, engine: Engine, root: str) -> None:
        self.engine, self.root = engine, root
        self.is_cut_off = False
        self.pictures = 0
        engine.resize(*SIZE)

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.engine.command("ExecuteScript", script=script, args=arguments)

    # Going

    def open(self, path: str) -> None:
        """Open a page by its path."""
        self.check()
        self.engine.command("Navigate", url=self.root + path)
        self._is_loaded()

    def reload(self) -> None:
        """Reload the page."""
        self.check()
        self.engine.command("Refresh")
        self._is_loaded()

    def _is_loaded(self) -> None:
        self.run(in_the_page.COMPLAINTS)
        self.waits_for(lambda: self.run(in_the_page.IS_ALIVE), "the page's scripts to have run")

    def arrives(self, pattern: str) -> str:
        """Wait to be at an address that ends like this; returns its path."""

        def look() -> str:
            url = str(self.engine.command("GetCurrentURL"))
            return urlsplit(url).path if re.search(pattern, url) else ""

        path = self.waits_for(look, f"to be at {pattern}")
        self.sees("html:not([aria-busy]) body")
        self.check()
        return str(path)

    # Looking

    def sees(self, selector: str, text: str = "", part: str = "") -> Any:
        """Wait until it is there to be seen, or a part of it; returns the first."""
        return self.waits_for(
            lambda: self.run(in_the_page.FIND, selector, text, part), f"{selector} {text} {part}"
        )[0]

    def does_not_see(self, selector: str, text: str = "") -> None:
        """Wait until it is not there to be seen."""
        self.waits_for(lambda: not self._has(selector, text), f"no {selector} {text}")

    def _has(self, selector: str, text: str) -> bool:
        return bool(self.run(in_the_page.FIND, selector, text, ""))

    def finds(self, selector: str, text: str) -> Any:
        """See something that may have to be let in first: it waits behind "2 new"."""
        waits = "return document.querySelector('[data-held]') !== null"
        self.waits_for(lambda: self._has(selector, text) or self.run(waits), f"{selector} {text}")
        if not self._has(selector, text):
            self.tap(".quiet-button")
        return self.sees(selector, text)

    def count(self, selector: str) -> int:
        """How many there are, to be seen or not."""
        return int(self.run(in_the_page.COUNT, selector))

    def holds(self, selector: str, value: str) -> None:
        """Wait until a field holds this text."""
        script = "return document.querySelector(arguments[0])?.value === arguments[1]"
        self.waits_for(lambda: self.run(script, selector, value), f"{selector} with “{value}”")

    def reads(self, selector: str) -> str:
        """What stands there."""
        return str(self.run("return arguments[0].textContent.trim()", self.sees(selector)))

    def reads_other(self, selector: str, before: str) -> None:
        """Wait until something else stands there."""
        self.waits_for(lambda: self.reads(selector) != before, f"{selector} other than {before}")

    def has_in_view(self, selector: str) -> None:
        """Wait until it stands in the window, at least its beginning."""
        self.waits_for(
            lambda: self.run(in_the_page.IN_VIEW, self.sees(selector)), f"{selector} in view"
        )

    # Doing

    def tap(self, selector: str, text: str = "", part: str = "") -> None:
        """Tap it, or a part of it, even if it is just being drawn anew."""
        look = f"to tap {selector} {text} {part}"
        self.waits_for(lambda: self._tap(selector, text, part), look)

    def _tap(self, selector: str, text: str, part: str) -> bool:
        found = self.run(in_the_page.FIND, selector, text, part)
        if found:
            self.run(in_the_page.NEAR, found[0])
            self.engine.command("ElementClick", id=found[0][REFERENCE])
        return bool(found)

    def types(self, selector: str, text: str) -> None:
        """Type into a field, behind what is there."""
        field = self.sees(selector)
        self.engine.command("ElementSendKeys", id=field[REFERENCE], text=text)

    def writes(self, selector: str, text: str) -> None:
        """Type into a field that was emptied before."""
        self.engine.command("ElementClear", id=self.sees(selector)[REFERENCE])
        self.types(selector, text)

    def choose(self, selector: str, text: str) -> None:
        """Choose what a list offers."""
        option = self.waits_for(
            lambda: self.run(in_the_page.OPTION, selector, text), f"{text} in {selector}"
        )
        self.engine.command("ElementClick", id=option[REFERENCE])

    def send(self, form: str, text: str) -> None:
        """Write into a form's text field and send it with its main button."""
        self.writes(f"{form} textarea", text)
        self.tap(f"{form} button.btn-primary")

    # Being well

    @contextmanager
    def cut_off(self) -> Iterator[None]:
        """While it lasts, the browser may complain that it reaches nobody."""
        self.check()
        self.is_cut_off = True
        yield
        self.check()
        self.is_cut_off = False

    def check(self) -> None:
        """Raise if anything went wrong in the page, and look after it from now on."""
        found = [*self.engine.complaints(), *self.run(in_the_page.COMPLAINTS)]
        problems = [each for each in found if not (self.is_cut_off and OUTAGE.search(each))]
        assert not problems, "\n".join(problems)

    def looks(self, title: str) -> None:
        """Nothing has to be moved sideways on the narrowest phone; perhaps keep a picture."""
        self.check()
        self.engine.resize(*NARROW)
        self.waits_for(lambda: self.run("return innerWidth") == NARROW[0], "a narrow page")
        assert not (wide := self.run(in_the_page.IS_TOO_WIDE)), f"{title} is too wide: {wide}"
        assert not (small := self.run(in_the_page.ZOOMS_IN)), (
            f"{title}: an iPhone zooms into {small}"
        )
        self.engine.resize(*SIZE)
        self.waits_for(lambda: self.run("return innerWidth") == SIZE[0], "a wide page")
        self.pictures += 1
        if PICTURES:
            picture = base64.b64decode(self.engine.command("TakeScreenshot", full=False))
            folder = Path(PICTURES)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{self.engine.name}-{self.pictures:02}-{title}.png").write_bytes(picture)

    def waits_for(self, look: Callable[[], Any], what: str) -> Any:
        """Look again and again; what is drawn anew meanwhile is no fault."""
        deadline = time.monotonic() + PATIENCE
        while True:
            refusal = ""
            try:
                if seen := look():
                    return seen
            except Refusal as error:
                refusal = str(error)
            if time.monotonic() > deadline:
                at = self.engine.command("GetCurrentURL")
                raise AssertionError(f"{self.engine.name} waits for {what} at {at} {refusal}")
            time.sleep(0.05)
