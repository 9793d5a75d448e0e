"""Firefox, by its own protocol (Marionette): the commands of WebDriver over a socket."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.engines.webdriver import SECONDS, Refusal

PREFERENCES = {
    "marionette.port": 0,  # any; it writes down which
    "intl.accept_languages": "de",
    "network.proxy.type": 0,
    "ui.prefersReducedMotion": 1,
    "ui.useOverlayScrollbars": 1,  # as on a phone
    "app.normandy.enabled": False,
    "nimbus.rollouts.enabled": False,
    "browser.newtabpage.enabled": False,
}
# The window cannot be as narrow as a phone; what is in it can.
RESIZE = """
const [width, height] = arguments;
const page = gBrowser.selectedBrowser;
page.style.cssText = `flex: none; width: ${width}px; height: ${height}px`;
"""
COMPLAINTS = """
const errors = Services.console.getMessageArray()
  .filter(message => message instanceof Ci.nsIScriptError && !(message.flags & message.warningFlag))
  .map(({ errorMessage, sourceName }) => `${errorMessage} at ${sourceName}`);
Services.console.reset();
return errors.filter(line => /at https?:/.test(line));
"""


class Firefox:
    """A Firefox that is listening."""

    name = "firefox"

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), SECONDS)
        self._answers = self._socket.makefile("rb")
        self._number = 0
        self._read()  # its greeting
        self.command("NewSession", capabilities={})

    def command(self, name: str, **parameters: Any) -> Any:
        """Carry out one command of WebDriver."""
        return self._send(f"WebDriver:{name}", parameters)

    def _send(self, name: str, parameters: dict[str, Any]) -> Any:
        self._number += 1
        message = json.dumps([0, self._number, name, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _kind, _number, error, result = self._read()
        if error:
            raise Refusal(error)
        return result["value"] if isinstance(result, dict) and "value" in result else result

    def _read(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self._answers.read(1) or self._hung_up()
        return json.loads(self._answers.read(int(size[:-1])))

    def _hung_up(self) -> bytes:
        raise ConnectionError("Firefox has gone")

    def _outside_the_page(self, script: str, *arguments: Any) -> Any:
        self._send("Marionette:SetContext", {"value": "chrome"})
        try:
            return self.command("ExecuteScript", script=script, args=arguments)
        finally:
            self._send("Marionette:SetContext", {"value": "content"})

    def resize(self, width: int, height: int) -> None:
        """Make the page so big."""
        self._outside_the_page(RESIZE, width, height)

    def complaints(self) -> list[str]:
        """The errors of scripts and of the content policy since the last time."""
        return list(self._outside_the_page(COMPLAINTS))

    def quit(self) -> None:
        """Let it end by itself."""
        self._send("Marionette:Quit", {"flags": ["eForceQuit"]})
        self._answers.close()
        self._socket.close()


@contextmanager
def firefox(home: Path) -> Iterator[Firefox]:
    """Debian's Firefox with a fresh profile."""
    lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in PREFERENCES.items()]
    (home / "user.js").write_text("".join(lines))
    flags = "--headless --marionette --remote-allow-system-access --no-remote --profile".split()
    with subprocess.Popen(
        ["firefox-esr", *flags, str(home)],
        env={**os.environ, "HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            browser = Firefox(_port(home / "MarionetteActivePort", process))
            yield browser
            browser.quit()
            process.wait(SECONDS)
        finally:
            process.kill()


def _port(file: Path, process: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if file.exists() and (written := file.read_text().strip()):
            return int(written)
        time.sleep(0.05)
    raise RuntimeError("Firefox did not start")
