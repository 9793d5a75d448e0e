"""BigBlueButton: the meeting is created when somebody wants to join it, by calls with a checksum.

Each room is a meeting of its own; its own breakout rooms are switched off.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode
from xml.etree import ElementTree

from app.video.calls import Call, mark
from app.video.errors import VideoAway

Fetch = Callable[[str], str]  # an address to what stands there; raises `VideoAway`


@dataclass(frozen=True)
class BigBlueButton:
    """A server's API at an address, with the secret that we share with it."""

    url: str
    secret: str = field(repr=False)
    hash: str
    fetch: Fetch

    def address(self, call: Call) -> str:
        """Where this person joins the meeting; made first unless it is running.

        `createTime` makes a link worthless for a later meeting of the same name.
        """
        asked = {
            "fullName": call.person,
            "meetingID": call.room,
            "password": self._password(call, leads=call.leads),
            "role": "MODERATOR" if call.leads else "VIEWER",
            "createTime": self.create(call),
            "userID": call.person_key,
            "redirect": "true",
        }
        return self.signed("join", asked)

    def create(self, call: Call) -> str:
        """Make the meeting; asked again with the same values, a server says when it was made."""
        asked = {
            "name": call.title,
            "meetingID": call.room,
            "attendeePW": self._password(call, leads=False),
            "moderatorPW": self._password(call, leads=True),
            "record": "false",
            "disabledFeatures": "breakoutRooms",
            "logoutURL": call.back,
        }
        return _created_at(self.fetch(self.signed("create", asked)))

    def signed(self, call: str, asked: Mapping[str, str]) -> str:
        """The address of a call of the API, with its checksum."""
        query = urlencode(asked)
        return f"{self.url}/{call}?{query}&checksum={self.checksum(call, query)}"

    def checksum(self, call: str, query: str) -> str:
        """What proves to the server that a call is ours."""
        return hashlib.new(self.hash, f"{call}{query}{self.secret}".encode()).hexdigest()

    def _password(self, call: Call, *, leads: bool) -> str:
        return mark(self.secret, f"{'moderator' if leads else 'attendee'} {call.room}")


def _created_at(answer: str) -> str:
    """When the meeting was made, in milliseconds; raises `VideoAway` if the server did not."""
    if "<!" in answer.replace("<![CDATA[", ""):  # entities are nothing that an answer needs
        raise VideoAway("declares entities")
    try:
        root = ElementTree.fromstring(answer)  # noqa: S314 - bounded, and without entities
    except ElementTree.ParseError as error:
        raise VideoAway("not XML") from error
    created = root.findtext("createTime", "").strip()
    if root.findtext("returncode") != "SUCCESS" or not created.isdecimal():
        raise VideoAway(root.findtext("messageKey", "no word"))
    return created
