"""People who come in as browsers do: join page, form, live page, then the socket."""

from dataclasses import dataclass
from http.client import HTTPException

import gevent

from bench.load.browser import Browser, hidden_fields
from bench.load.crowd import Crowd

BUSY = 503
PATIENCE = 10  # times


@dataclass
class Joiner:
    """One of them."""

    browser: Browser
    code: str
    name: str
    put_off: int = 0  # times that a busy server asked to come again

    def come_in(self, crowd: Crowd) -> str:
        """What went wrong, if anything; the crowd's client opens the socket with these cookies."""
        try:
            self._fill_in()
        except (OSError, HTTPException) as error:
            return str(error) or type(error).__name__
        finally:
            self.browser.close()
        crowd.say(f"client 0 cookie {self.browser.cookie}")
        return ""

    def _fill_in(self) -> None:
        page = self._fetch("GET", f"/join/{self.code}", 200)
        form = {**hidden_fields(page), "name": self.name, "municipality": "", "state": ""}
        self._fetch("POST", f"/join/{self.code}", 303, form)
        self._fetch("GET", f"/e/{self.code}", 200)

    def _fetch(
        self, method: str, path: str, expected: int, form: dict[str, str] | None = None
    ) -> bytes:
        status, page = self.browser.fetch(method, path, form)
        while status == BUSY and self.browser.come_again and self.put_off < PATIENCE:
            self.put_off += 1
            gevent.sleep(self.browser.come_again)  # as the page does that tells of it
            status, page = self.browser.fetch(method, path, form)
        if status != expected:
            raise HTTPException(f"{method} answered {status}")
        return page


def come_all(
    url: str, code: str, people: int, seconds: float, crowd: Crowd
) -> tuple[list[float], list[str], int]:
    """Let so many people come, evenly within this time.

    How long pages took, in milliseconds; what failed; how often somebody was asked to come again.
    """
    joiners = [Joiner(Browser(url), code, f"Guest {number}") for number in range(people)]
    coming = [
        gevent.spawn_later(seconds * number / people, joiner.come_in, crowd)
        for number, joiner in enumerate(joiners)
    ]
    gevent.joinall(coming, raise_error=True)
    waited = [span for joiner in joiners for span in joiner.browser.waited]
    put_off = sum(joiner.put_off for joiner in joiners)
    return waited, [came.value for came in coming if came.value], put_off
