"""People who write in shared notes all the while, as pages do: what was typed is sent until it is
acknowledged, and whoever loses their process comes back by another one.
"""

import queue
import re
import threading
from base64 import b64decode, b64encode
from typing import Any

from socketio.exceptions import SocketIOError

from tests.faults.crowd import Seat
from tests.notes.writing import Paper
from tests.sockets import Page

PACE = 0.2  # seconds between two words of one person
UPDATE = re.compile(r'data-number="(\d+)" data-update="([^"]*)"')
PLACE = {"anchor": "AAE", "head": "AAE"}


class Scribe(threading.Thread):
    """One person with a page of the notes; its paper lives in this thread alone."""

    def __init__(self, seat: Seat, name: str, room_id: int, server: Any, cookie: str) -> None:
        super().__init__(daemon=True)
        self.seat, self.name, self.room_id = seat, name, room_id
        self._server, self._cookie = server, cookie
        self.typed: list[str] = []
        self.text, self.epoch = "", ""
        self.acknowledged = False  # whether the server has all that was typed
        self.pointed_at: set[str] = set()  # whose cursors were seen here
        self.rests, self.gone = threading.Event(), threading.Event()
        self.failure: BaseException | None = None
        self.trouble = ""  # what last took the page away
        self._version, self._is_open = -1, False
        self._waiting: list[bytes] = []
        self._page: Page | None = None

    def run(self) -> None:
        """Write until told to rest, and hear the others until told to go."""
        try:
            self._paper = Paper(self.seat.id)
            while not self.gone.is_set():
                self._do_once()
                self.gone.wait(PACE)
        except BaseException as error:
            self.failure = error
        finally:
            self._leave()

    def _do_once(self) -> None:
        if self.epoch and not self.rests.is_set():
            self.typed.append(f"{self.name}{len(self.typed)}")
            self._waiting.append(self._paper.type(f"{self.typed[-1]} "))
        try:
            if self._page is None:
                self._come()
            if not self._is_open:
                self._open()
            self._take_in()
            self._send()
        except (SocketIOError, OSError) as error:  # the process has gone, or this page's line
            self.trouble = repr(error)
            self._leave()
        self.text, self.acknowledged = self._paper.text, not self._waiting

    def _come(self) -> None:
        self._page = Page(self._server, cookie=self._cookie, token=self.seat.token)
        self._page.client.on("points_in_notes", lambda said: self.pointed_at.add(said["who"]))
        self._is_open = False

    def _leave(self) -> None:
        page, self._page = self._page, None
        if page is not None:
            page.close()

    def _open(self) -> None:
        answer = self._ask("open_notes", epoch=self.epoch, version=self._version)
        self._is_open = bool(answer["ok"])
        if self._is_open:
            assert self.epoch in ("", answer["epoch"]), "other notes than before"
            assert answer["version"] >= self._version, "what was there has gone"
            parts = [answer["document"], *answer["updates"]]
            self._paper.take(*(b64decode(part) for part in parts if part))
            self.epoch, self._version = answer["epoch"], answer["version"]

    def _take_in(self) -> None:
        """What came since: what stands in the line, without a gap."""
        assert self._page is not None
        while True:
            try:
                kind, message = self._page.messages.get_nowait()
            except queue.Empty:
                return
            if kind == "disconnect":
                raise OSError
            if kind == "resync" and message["channel"] == f"notes:{self.room_id}":
                self._open()
            for number, data in UPDATE.findall(message["html"]) if kind == "change" else ():
                self._hear(int(number), data)

    def _hear(self, number: int, data: str) -> None:
        if number == self._version + 1 and data:
            self._paper.take(b64decode(data))
            self._version = number
        elif number > self._version:
            self._open()

    def _send(self) -> None:
        assert self._page is not None
        while self._waiting and self.epoch:
            update = b64encode(self._waiting[0]).decode()
            if not self._ask("write_notes", epoch=self.epoch, update=update)["ok"]:
                return
            self._waiting.pop(0)
        self._page.client.emit("point_in_notes", {"room": self.room_id, **PLACE})

    def _ask(self, name: str, **message: Any) -> Any:
        assert self._page is not None
        answer = self._page.ask(name, {"room": self.room_id, **message})
        assert answer["ok"] or answer.get("retry_after"), f"{name} was refused: {answer}"
        return answer
