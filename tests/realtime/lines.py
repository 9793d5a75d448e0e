"""A WebSocket client of bare bytes, which can behave as badly as it likes."""

import json
import os
import socket
import struct
import time
from typing import Any

from app.realtime.frames import CLOSE, TEXT, frame
from tests.realtime.stages import PATIENCE, Stage

HANDSHAKE = {
    "Host": "127.0.0.1",
    "Upgrade": "websocket",
    "Connection": "keep-alive, Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
}
MASK = b"\x01\xfe\x80\x55"


def masked(opcode: int, payload: bytes, *, final: bool = True, mask: bytes = MASK) -> bytes:
    """A frame as a client sends it."""
    whole = frame(opcode, payload)
    head = (
        bytes([whole[0] if final else opcode, whole[1] | 0x80]) + whole[2 : -len(payload) or None]
    )
    return head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload))


class Line:
    """A connection to the stage; `buffer` is how much the system reads ahead for it."""

    def __init__(self, stage: Stage, *, buffer: int = 0, **headers: str | None) -> None:
        self.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", stage.port))
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        fields = {**HANDSHAKE, **names}
        lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
        self._data = b""
        request = ["GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", *lines, "", ""]
        self.send("\r\n".join(request).encode())
        self.answer = self._until(b"\r\n\r\n").decode()

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_how: object) -> None:
        self.socket.close()

    def join(self, *rooms: str) -> "Line":
        """Come in, and enter rooms."""
        assert self.next_text().startswith("0{")
        self.say("40")
        assert self.next_text().startswith("40")
        if rooms:
            self.say("420" + json.dumps(["enter", *rooms]))
            assert self.next_text() == '430["entered"]'
        return self

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def say(self, text: str) -> None:
        """Send a text as it should be sent."""
        self.send(masked(TEXT, text.encode(), mask=os.urandom(4)))

    def next(self) -> tuple[int, bytes]:
        """The next frame's opcode and payload; EOFError when the server has closed."""
        first, length = self._take(2)
        assert first & 0x70 == 0
        assert first & 0x80
        if length == 126:
            length = int.from_bytes(self._take(2))
        elif length == 127:
            length = int.from_bytes(self._take(8))
        return first & 0x0F, self._take(length)

    def next_text(self) -> str:
        """The next text; pings are answered."""
        while True:
            opcode, payload = self.next()
            assert opcode == TEXT, (opcode, payload)
            if payload != b"2":
                return payload.decode()
            self.say("3")

    def events(self) -> list[Any]:
        """The events up to the one that is called end, or up to where the server has closed."""
        heard: list[Any] = []
        try:
            while not heard or heard[-1][0] != "end":
                text = self.next_text()
                if text.startswith("42"):
                    heard.append(json.loads(text[2:]))
        except (EOFError, ConnectionResetError):
            heard.append(None)
        return heard

    def close_code(self) -> int:
        """The code that the server closes with; it closes its end, too."""
        while True:
            opcode, payload = self.next()
            if opcode == CLOSE:
                break
        assert self.socket.recv(100) == b""
        (code,) = struct.unpack("!H", payload)
        return int(code)

    def _take(self, size: int) -> bytes:
        while len(self._data) < size:
            self._more()
        data, self._data = self._data[:size], self._data[size:]
        return data

    def _until(self, end: bytes) -> bytes:
        deadline = time.monotonic() + PATIENCE
        while end not in self._data:
            assert time.monotonic() < deadline
            self._more()
        found, _, self._data = self._data.partition(end)
        return found

    def _more(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise EOFError
        self._data += data
