"""A video call as any kind of server needs to know it: which one, who comes, and how long."""

import hashlib
import hmac
from base64 import b32encode
from dataclasses import dataclass

LONGEST_TITLE = 64  # characters that BigBlueButton takes as a name


@dataclass(frozen=True)
class Call:
    """One room's call, and the person who is let in."""

    room: str  # its name at the server: a-z, 0-9 and hyphens, and nobody can guess it
    number: int  # of the room in its round
    title: str
    person: str  # the name that the others see
    person_key: str  # always the same for this person, and nothing by which they are known here
    leads: bool
    ends_at: int  # seconds since 1970
    back: str  # where whoever hangs up comes to


def room_name(secret: str, code: str, room_id: int) -> str:
    """The name of a room at the video server, the same for everybody who is in it."""
    tidy = "".join(letter for letter in code.lower() if letter.isascii() and letter.isalnum())
    return f"{tidy}-{room_id}-{mark(secret, f'room {room_id}')}"


def mark(secret: str, of: str) -> str:
    """Eighty bits that only we can make of this."""
    key = hmac.digest(secret.encode(), b"video", "sha256")
    made = hmac.digest(key, of.encode(), hashlib.sha256)[:10]
    return b32encode(made).decode().lower()


def title_of(number: int, name: str) -> str:
    """What the call is called: short enough for every kind of server."""
    words = f"{number} · {name}"
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + "…"
