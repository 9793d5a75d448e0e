"""What browser tests share: Chromium, the real server on all addresses, and a conference."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.events.models import Event
from tests.applications import application
from tests.browser.actors import Moderator, leading
from tests.browser.conference import Conference, sample_conference
from tests.browser.person import Hall
from tests.live_server import LiveServer, free_port
from tests.warm_server import WarmServer

PATIENCE = 20_000  # milliseconds; what has to be there sooner is asked for so

expect.set_options(timeout=PATIENCE)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own, for what tests lay ready; its context is open."""
    environment = {
        "INSTANCE_PATH": str(tmp_path),
        "SECRET_KEY": "not a secret",
        "HOST": "0.0.0.0",
        "PORT": str(free_port()),
    }
    with application(environment, tables=True) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        app.extensions["environment"] = environment
        yield app


@pytest.fixture
def server(app: Flask) -> Iterator[LiveServer]:
    """The real server on the test's database; it has nothing to complain about."""
    server = WarmServer(app.extensions["environment"])
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


@pytest.fixture
def mona(app: Flask, hall: Hall, event: Event) -> Moderator:
    """Who leads an event, in the cockpit."""
    return leading(hall, event)
