"""PDF documents: whole, nothing else besides, and nothing that runs when they are opened.

They are only ever served as downloads; this keeps what is plainly active from being passed on.
All of it takes time in proportion to the size, however the bytes are arranged.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from app.files.kinds import Fault, Unfit

END = 2048  # bytes at the end in which the end must be marked
MOST_INFLATED = 64 * 1024 * 1024  # bytes of packed objects that are looked into


def _name(name: str) -> bytes:
    """A pattern for a name, each letter of which can also stand there as a number: /J#61va…"""
    letters = "".join(f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in name)
    return letters.encode()


ACTIVE = re.compile(
    rb"/(?:" + _name("JavaScript") + rb"|" + _name("Launch") + rb")(?![A-Za-z0-9_.-])"
)
PACKED_OBJECTS = re.compile(_name("ObjStm"))


def check(data: bytes) -> None:
    """Raise `Unfit` for what is no whole PDF, is an archive too, or carries a program."""
    if b"%%EOF" not in data[-END:] or zipfile.is_zipfile(io.BytesIO(data)):
        raise Unfit(Fault.BROKEN)
    if ACTIVE.search(data) or any(ACTIVE.search(objects) for objects in _unpacked(data)):
        raise Unfit(Fault.SCRIPTS)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The objects that are packed together."""
    left = MOST_INFLATED
    for description, packed in _streams(data):
        if PACKED_OBJECTS.search(description):
            inflated = _inflated(packed, left)
            left -= len(inflated)
            if left <= 0:
                raise Unfit(Fault.PACKED)
            yield inflated


def _streams(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each stream, with what stands before it since the last one."""
    after = 0
    while (begin := data.find(b"stream", after)) != -1:
        end = data.find(b"endstream", begin)
        if end == -1:
            return
        yield data[after:begin], data[begin + len(b"stream") : end].lstrip(b"\r\n")
        after = end + len(b"endstream")


def _inflated(packed: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most)
    except zlib.error:  # packed in another way, or locked
        return b""
