"""Jitsi Meet: an address made of the room's name, and a signed token that lets one person in."""

import hmac
import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from app.video.calls import Call
from app.video.links import filled

EXTENSION = 15 * 60  # seconds a token holds beyond the round's end: rounds are given more time


@dataclass(frozen=True)
class Jitsi:
    """A server that takes tokens of ours, or lets everybody in who knows the address."""

    template: str
    app: str
    audience: str
    subject: str
    secret: str | None = field(repr=False)

    def address(self, call: Call) -> str:
        """Where this person joins the call; what stands behind the # never reaches the server."""
        token = f"jwt={self.token(call)}" if self.secret else ""
        link = filled(self.template, call)
        query = f"{'&' if '?' in link else '?'}{token}" if token else ""
        return f"{link}{query}#{_fragment(call)}"

    def token(self, call: Call) -> str:
        """A token (JSON Web Token, HS256) for this room alone, and not for long."""
        head = _part({"alg": "HS256", "typ": "JWT"})
        signed = f"{head}.{_part(self._claims(call))}"
        made = hmac.digest((self.secret or "").encode(), signed.encode(), "sha256")
        return f"{signed}.{_encoded(made)}"

    def _claims(self, call: Call) -> dict[str, Any]:
        # Of a user the server takes strings only.
        rank = {"moderator": "true", "affiliation": "owner"} if call.leads else {}
        person = {"id": call.person_key, "name": call.person, "affiliation": "member"}
        return {
            "iss": self.app,
            "aud": self.audience,
            "sub": self.subject,
            "room": call.room,
            "exp": call.ends_at + EXTENSION,
            "context": {"user": person | rank},
        }


def _fragment(call: Call) -> str:
    settings = {"userInfo.displayName": call.person, "config.subject": call.title}
    return "&".join(f"{name}={quote(json.dumps(words))}" for name, words in settings.items())


def _part(content: dict[str, Any]) -> str:
    return _encoded(json.dumps(content, separators=(",", ":")).encode())


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
