"""A real mail server beside the tests."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app.mail import delivery
from tests.live_server import free_port
from tests.mail.post_office import PostOffice, opened


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A mail server of its own for each test."""
    with opened(PostOffice(free_port())) as office:
        yield office


@pytest.fixture
def smtp_url(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], None]:
    """Set the mail server: `smtp_url("smtp://…")`."""

    def use(url: str | None) -> None:
        settings = replace(
            app.extensions["settings"], smtp_url=url, mail_from="Dialograum <dialog@example.org>"
        )
        monkeypatch.setitem(app.extensions, "settings", settings)

    return use


@pytest.fixture
def deliver(post_office: PostOffice, smtp_url: Callable[[str | None], None]) -> Callable[[], int]:
    """Deliver what is due to the mail server."""
    smtp_url(f"smtp://127.0.0.1:{post_office.port}")
    return delivery.deliver
