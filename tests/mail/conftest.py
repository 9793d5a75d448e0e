"""A real mail server beside the tests."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask

from app.mail import delivery
from tests.live_server import free_port


@dataclass
class PostOffice:
    """Takes mail, unless told to answer something else to a recipient."""

    port: int
    received: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Answer as told, else take the recipient."""
        envelope.rcpt_tos.append(address)
        return self.answers.get(address, "250 OK")

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep the mail."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A mail server of its own for each test."""
    office = PostOffice(free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    yield office
    controller.stop()


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
