"""Debian's Chromium, one for a whole run."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
]

# Only what tells the time of day is off; how long something takes is measured otherwise.
WRONG_CLOCK = """
  window.clockIsOffBy = %d;
  const now = Date.now.bind(Date);
  const Right = Date;
  window.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(now() + window.clockIsOffBy); }
    static now() { return now() + window.clockIsOffBy; }
  };
"""


@contextmanager
def chromium_running() -> Iterator[Browser]:
    """A browser with a fresh profile, until the block ends."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
