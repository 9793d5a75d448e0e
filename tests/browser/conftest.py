"""What browser tests share: Chromium, the real server on all addresses, and a conference."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from app import create_app
from app.database import Base
from app.extensions import alembic, db, limiter
from tests.browser.conference import Conference, sample_conference
from tests.browser.person import Hall
from tests.live_server import LiveServer, free_port

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
PATIENCE = 10_000  # milliseconds

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium, with a fresh profile."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, for what tests lay ready; its context is open."""
    environment = {
        "INSTANCE_PATH": str(tmp_path),
        "SECRET_KEY": "not a secret",
        "HOST": "0.0.0.0",
        "PORT": str(free_port()),
    }
    app = create_app(environment)
    app.config["WTF_CSRF_ENABLED"] = False
    limiter.enabled = False
    app.extensions["environment"] = environment
    with app.app_context():
        Base.metadata.create_all(db.engine)
        if any(Path("migrations").glob("*.py")):
            alembic.stamp()
        yield app
        db.session.close()
        db.engine.dispose()


@pytest.fixture
def server(app: Flask) -> Iterator[LiveServer]:
    """The real server on the test's database; it has nothing to complain about."""
    server = LiveServer(app.extensions["environment"])
    server.start()
    yield server
    log = server.log
    server.stop()
    assert "Traceback" not in log, log
    assert " ERROR " not in log, log


@pytest.fixture
def conference(hall: Hall, tmp_path: Path) -> Conference:
    """The sample conference, with nobody there yet."""
    return sample_conference(hall, tmp_path)


@pytest.fixture
def hall(chromium: Browser, server: LiveServer) -> Iterator[Hall]:
    """A hall full of browsers; each fails the test if its console shows an error."""
    hall = Hall(chromium, server)
    yield hall
    hall.close()
