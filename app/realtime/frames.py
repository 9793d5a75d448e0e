"""WebSocket frames as in RFC 6455: those that a server sends, and those that browsers send."""

import struct
from collections.abc import Iterator

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
OPCODES = frozenset({CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG})

NORMAL, PROTOCOL_ERROR = 1000, 1002
BAD_DATA, TOO_BIG = 1007, 1009

FINAL, MASKED, LENGTH, RESERVED = 0x80, 0x80, 0x7F, 0x70
LONGEST_CONTROL = 125


class Violation(Exception):
    """What a peer must not send; `code` is the close code to answer with."""

    def __init__(self, code: int = PROTOCOL_ERROR) -> None:
        super().__init__(code)
        self.code = code


def frame(opcode: int, payload: bytes) -> bytes:
    """One whole frame, unmasked, as a server sends it."""
    length = len(payload)
    if length < 126:
        head = struct.pack("!BB", FINAL | opcode, length)
    elif length < 1 << 16:
        head = struct.pack("!BBH", FINAL | opcode, 126, length)
    else:
        head = struct.pack("!BBQ", FINAL | opcode, 127, length)
    return head + payload


def message_frame(message: str | bytes) -> bytes:
    """The frame of a text or binary message."""
    if isinstance(message, str):
        return frame(TEXT, message.encode())
    return frame(BINARY, message)


def close_frame(code: int) -> bytes:
    """The frame that says goodbye, with its reason as a number."""
    return frame(CLOSE, struct.pack("!H", code))


def close_code(payload: bytes) -> int:
    """The code in a peer's goodbye, or the one that answers it if it is malformed."""
    if not payload:
        return NORMAL
    code = int.from_bytes(payload[:2])
    known = 1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999
    if len(payload) == 1 or not known:
        return PROTOCOL_ERROR
    return code if _is_utf8(payload[2:]) else BAD_DATA


class FrameReader:
    """Puts messages together from what a socket brings; holds no more than `limit` bytes."""

    __slots__ = ("_buffer", "_kind", "_limit", "_message")

    def __init__(self, limit: int) -> None:
        self._buffer = b""
        self._limit = limit
        self._kind = 0
        self._message: bytearray | None = None  # of the fragments so far

    def feed(self, data: bytes) -> Iterator[tuple[int, str | bytes]]:
        """The messages and control frames that are complete by now; raises `Violation`."""
        self._buffer += data
        while (found := self._next()) is not None:
            final, opcode, payload = found
            if opcode >= CLOSE:
                yield opcode, payload
            elif (message := self._put_together(final, opcode, payload)) is not None:
                yield message

    def _next(self) -> tuple[bool, int, bytes] | None:
        if len(self._buffer) < 2:
            return None
        first, second = self._buffer[:2]
        self._check(first, second)
        begin, length = self._length(second & LENGTH)
        if not begin:
            return None
        self._check_length(first & 0x0F, length)
        end = begin + 4 + length
        if len(self._buffer) < end:
            return None
        payload = _unmasked(self._buffer[begin + 4 : end], self._buffer[begin : begin + 4])
        self._buffer = self._buffer[end:]
        return bool(first & FINAL), first & 0x0F, payload

    def _check(self, first: int, second: int) -> None:
        opcode = first & 0x0F
        if first & RESERVED or opcode not in OPCODES or not second & MASKED:
            raise Violation
        if opcode >= CLOSE:
            if not first & FINAL or second & LENGTH > LONGEST_CONTROL:
                raise Violation
        elif (opcode == CONTINUATION) != (self._message is not None):
            raise Violation

    def _length(self, short: int) -> tuple[int, int]:
        """Where the mask begins and how long the payload is; (0, 0) if that is not known yet."""
        width = {126: 2, 127: 8}.get(short, 0)
        if not width:
            return 2, short
        if len(self._buffer) < 2 + width:
            return 0, 0
        return 2 + width, int.from_bytes(self._buffer[2 : 2 + width])

    def _check_length(self, opcode: int, length: int) -> None:
        before = len(self._message or b"") if opcode == CONTINUATION else 0
        if before + length > self._limit:
            raise Violation(TOO_BIG)

    def _put_together(
        self, final: bool, opcode: int, payload: bytes
    ) -> tuple[int, str | bytes] | None:
        if opcode != CONTINUATION:
            self._kind, self._message = opcode, bytearray()
        assert self._message is not None
        self._message += payload
        if not final:
            return None
        message, self._message = bytes(self._message), None
        return self._kind, _text(message) if self._kind == TEXT else message


def _text(message: bytes) -> str:
    try:
        return message.decode()
    except UnicodeDecodeError as error:
        raise Violation(BAD_DATA) from error


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    """As one big number: a hundred times faster than byte by byte."""
    length = len(payload)
    whole = (mask * (length // 4 + 1))[:length]
    return (int.from_bytes(payload) ^ int.from_bytes(whole)).to_bytes(length)
