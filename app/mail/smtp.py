"""The mail server: one connection for the letters of one round."""

import smtplib
import socket
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from app.mail.models import Mail

TIMEOUT = 30  # seconds for each step, far less than the pause before the next attempt
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class _Policy(EmailPolicy):
    """Puts addresses for programs on one line, which would else be encoded when they are long."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as it goes over the wire."""
        if name.lower() == "list-unsubscribe":
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


class Rejected(Exception):
    """The mail server will never take this letter."""


@dataclass(frozen=True)
class Server:
    """What `SMTP_URL` says: smtp:// or smtps://, user and password, host and port."""

    host: str
    port: int
    user: str
    password: str
    is_tls: bool

    @classmethod
    def from_url(cls, url: str) -> "Server":
        """Read the setting."""
        parts = urlsplit(url)
        is_tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "localhost",
            port=parts.port or (465 if is_tls else 587 if parts.username else 25),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            is_tls=is_tls,
        )


class Connection:
    """Connects when the first letter goes, and hangs up at the end of the `with` block."""

    def __init__(self, server: Server, sender: str) -> None:
        self.server = server
        self.sender = sender
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except OSError:
                self._smtp.close()

    def send(self, mail: Mail) -> None:
        """Hand over a letter; raises `Rejected`, or `OSError` where another attempt may help."""
        try:
            message = as_message(mail, self.sender)
        except ValueError as error:
            raise Rejected(str(error)) from error
        smtp = self._connected()
        try:
            smtp.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _failure(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPDataError as error:
            raise _failure(error.smtp_code, error.smtp_error) from error
        except smtplib.SMTPNotSupportedError as error:
            raise Rejected(str(error)) from error

    def _connected(self) -> smtplib.SMTP:
        """The connection, made anew if the server has hung up in the meantime."""
        if self._smtp is not None:
            try:
                self._smtp.rset()
            except OSError:
                self._smtp.close()
                self._smtp = None
        if self._smtp is None:
            self._smtp = self._connect()
        return self._smtp

    def _connect(self) -> smtplib.SMTP:
        server, here = self.server, socket.gethostname()
        smtp: smtplib.SMTP
        if server.is_tls:
            trusted = ssl.create_default_context()
            smtp = smtplib.SMTP_SSL(
                server.host, server.port, here, timeout=TIMEOUT, context=trusted
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, here, TIMEOUT)
            if server.host not in LOOPBACK:
                _encrypt(smtp, needed=bool(server.user))
        if server.user:
            smtp.login(server.user, server.password)
        return smtp


def _encrypt(smtp: smtplib.SMTP, *, needed: bool) -> None:
    smtp.ehlo_or_helo_if_needed()
    if smtp.has_extn("starttls"):
        smtp.starttls(context=ssl.create_default_context())
    elif needed:
        smtp.close()
        raise OSError("the mail server offers no encryption, so it gets no password")


def as_message(mail: Mail, sender: str) -> EmailMessage:
    """The letter as it goes over the wire; the same however often it is tried."""
    message = EmailMessage(_Policy())
    message["From"] = sender
    message["To"] = mail.recipient
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.created_at)
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<mail-{mail.id}-{mail.created_at:%Y%m%d%H%M%S%f}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    for name, value in mail.headers.items():
        message[name] = value
    message.set_content(mail.text)
    message["Content-Language"] = mail.language
    return message


def _failure(code: int, reason: bytes | str) -> Exception:
    text = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    said = f"{code} {text}"
    return Rejected(said) if 500 <= code < 600 else OSError(said)
