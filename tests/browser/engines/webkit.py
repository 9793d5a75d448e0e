"""WebKit, as WebKitGTK's little browser has it, by WebDriver over HTTP on a display of its own."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.browser.engines.webdriver import SECONDS, Refusal
from tests.live_server import free_port

DRIVER = "WebKitWebDriver"
BROWSERS = "/usr/lib"
COMMANDS = {
    "Navigate": "url",
    "Refresh": "refresh",
    "ExecuteScript": "execute/sync",
    "SetWindowRect": "window/rect",
    "ElementClick": "element/{id}/click",
    "ElementClear": "element/{id}/clear",
    "ElementSendKeys": "element/{id}/value",
}
LOOKS = {"GetCurrentURL": "url", "TakeScreenshot": "screenshot"}
# So that its tool bar does not keep the window wider than a phone.
NARROW = "* { min-width: 0; min-height: 0; margin: 0; padding: 0; font-size: 1px; }"


class WebKit:
    """A session with the driver."""

    name = "webkit"

    def __init__(self, driver: str, browser: str) -> None:
        self._url = f"{driver}/session"
        options = {"binary": browser, "args": ["--automation"]}
        wanted = {"webkitgtk:browserOptions": options, "proxy": {"proxyType": "direct"}}
        made = self._call("POST", "", {"capabilities": {"alwaysMatch": wanted}})
        self._url += f"/{made['sessionId']}"
        bar = "return outerHeight - innerHeight"
        self._bar = int(self.command("ExecuteScript", script=bar, args=[]))

    def command(self, name: str, **parameters: Any) -> Any:
        """Carry out one command of WebDriver."""
        if name in LOOKS:
            return self._call("GET", f"/{LOOKS[name]}")
        return self._call("POST", "/" + COMMANDS[name].format(**parameters), parameters)

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        answer = requests.request(method, self._url + path, json=body, timeout=SECONDS)
        value = answer.json()["value"]
        if not answer.ok:
            raise Refusal(value)
        return value

    def resize(self, width: int, height: int) -> None:
        """Make the page so big, with the tool bar above it."""
        self.command("SetWindowRect", x=0, y=0, width=width, height=height + self._bar)

    def complaints(self) -> list[str]:
        """None: its driver tells nothing of the console."""
        return []

    def quit(self) -> None:
        """End the session, and with it the browser."""
        self._call("DELETE", "")


@contextmanager
def webkit(home: Path) -> Iterator[WebKit]:
    """Debian's WebKitGTK, on a display that nobody sees."""
    (home / "gtk-3.0").mkdir()
    (home / "gtk-3.0/gtk.css").write_text(NARROW)
    with _display() as display:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home),
            "LANG": "C.UTF-8",
        }
        with _driver(environment) as url:
            browser = WebKit(url, _browser())
            yield browser
            browser.quit()


@contextmanager
def _display() -> Iterator[str]:
    """A screen in memory; its number comes through a pipe."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as process:
        os.close(write)
        try:
            with os.fdopen(read) as number:
                yield f":{number.readline().strip()}"
        finally:
            process.terminate()


@contextmanager
def _driver(environment: dict[str, str]) -> Iterator[str]:
    """The driver, once it answers."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    with subprocess.Popen(
        [DRIVER, f"--port={port}"], env=environment, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait_for(f"{url}/status")
            yield url
        finally:
            process.terminate()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            return requests.get(url, timeout=SECONDS).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.05)
    raise RuntimeError(f"{DRIVER} did not start")


def _browser() -> str:
    """Where Debian keeps WebKitGTK's browser, off the path."""
    return str(next(Path(BROWSERS).glob("*/webkit2gtk-4.*/MiniBrowser")))
