"""A stand-in for video servers: it lets in whoever brings what is signed rightly, nobody else."""

import hashlib
import hmac
import json
import time
from base64 import urlsafe_b64decode
from contextlib import AbstractContextManager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.stand_ins import serving

SECRET = "639259d4-9dd8-4b25-bf01-95f9567eaf4b"


class StandIn(ThreadingHTTPServer):
    """BigBlueButton at /bigbluebutton/api, Jitsi at /jitsi."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hash = "sha256"
        self.meetings: dict[str, dict[str, str]] = {}  # as they were created
        self.joined: list[dict[str, str]] = []
        self.asked: list[str] = []  # the calls, by name
        self.clock = 1_700_000_000_000
        self.pause = 0.0
        self.instead: str | None = None  # answered to whatever is asked
        self.moved_to = ""

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def api(self) -> str:
        """The address of BigBlueButton's API."""
        return f"{self.root}/bigbluebutton/api"

    def end_meetings(self) -> None:
        """Everybody has gone; what is created now is another meeting."""
        self.meetings.clear()


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_GET(self) -> None:
        """Answer a call of the API, or let somebody into a Jitsi room."""
        address = urlsplit(self.path)
        if self.server.pause:
            time.sleep(self.server.pause)
        if self.server.moved_to:
            self._send("", 302, self.server.moved_to)
        elif address.path.startswith("/jitsi/"):
            self._jitsi(address.path.removeprefix("/jitsi/"), address.query)
        else:
            self._api(address.path.removeprefix("/bigbluebutton/api/"), address.query)

    def _api(self, call: str, query: str) -> None:
        self.server.asked.append(call)
        signed, _, checksum = query.rpartition("&checksum=")
        made = hashlib.new(self.server.hash, f"{call}{signed}{SECRET}".encode()).hexdigest()
        asked = {name: values[0] for name, values in parse_qs(signed).items()}
        if self.server.instead is not None:
            self._send(self.server.instead)
        elif checksum != made:
            self._send(_answer("FAILED", messageKey="checksumError"))
        else:
            self._send(self._create(asked) if call == "create" else self._join(asked))

    def _create(self, asked: dict[str, str]) -> str:
        known = self.server.meetings.get(asked["meetingID"])
        if known is None:
            self.server.clock += 1
            known = asked | {"createTime": str(self.server.clock)}
            self.server.meetings[asked["meetingID"]] = known
        passwords = ("attendeePW", "moderatorPW")
        if any(known[name] != asked.get(name) for name in passwords):
            return _answer("FAILED", messageKey="idNotUnique")
        return _answer("SUCCESS", meetingID=asked["meetingID"], createTime=known["createTime"])

    def _join(self, asked: dict[str, str]) -> str:
        meeting = self.server.meetings.get(asked["meetingID"])
        if meeting is None:
            return _answer("FAILED", messageKey="invalidMeetingIdentifier")
        if asked["createTime"] != meeting["createTime"]:
            return _answer("FAILED", messageKey="mismatchCreateTimeParam")
        if asked["password"] not in (meeting["attendeePW"], meeting["moderatorPW"]):
            return _answer("FAILED", messageKey="invalidPassword")
        self.server.joined.append(asked)
        return _answer("SUCCESS", messageKey="successfullyJoined")

    def _jitsi(self, room: str, query: str) -> None:
        try:
            claims = verified(parse_qs(query)["jwt"][0])
            if claims["room"] != room:
                raise ValueError("another room")
        except (LookupError, ValueError) as error:
            self._send(str(error), 403)
        else:
            self.server.joined.append(claims)
            self._send("Welcome")

    def _send(self, text: str, status: int = 200, location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        with suppress(OSError):  # nobody waits any longer
            self.wfile.write(text.encode())

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


def _answer(code: str, **more: str) -> str:
    told = "".join(f"<{name}>{value}</{name}>" for name, value in more.items())
    return f"<response><returncode>{code}</returncode>{told}</response>"


def verified(token: str) -> dict[str, Any]:
    """The claims of a token that is signed with our secret and still holds."""
    signed, _, signature = token.rpartition(".")
    made = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(made, _decoded(signature)):
        raise ValueError("not signed by us")
    head, claims = (json.loads(_decoded(part)) for part in signed.split("."))
    if head != {"alg": "HS256", "typ": "JWT"} or claims["exp"] < time.time():
        raise ValueError("not what we take")
    return dict(claims)


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def stand_in() -> AbstractContextManager[StandIn]:
    """A server of one's own."""
    return serving(StandIn())
