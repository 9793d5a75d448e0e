import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.realtime.frames import (
    BAD_DATA,
    BINARY,
    CLOSE,
    CONTINUATION,
    NORMAL,
    PING,
    PROTOCOL_ERROR,
    TEXT,
    TOO_BIG,
    FrameReader,
    Violation,
    close_code,
    message_frame,
)
from tests.realtime.lines import masked

LIMIT = 1000


def read(data: bytes, step: int = 1, limit: int = LIMIT) -> list[tuple[int, str | bytes]]:
    """What comes out when bytes arrive in pieces."""
    reader = FrameReader(limit)
    pieces = [data[i : i + step] for i in range(0, len(data), step)]
    return [message for piece in pieces for message in reader.feed(piece)]


def code_for(data: bytes, step: int = 1) -> int:
    """The code of the violation that these bytes are."""
    with pytest.raises(Violation) as raised:
        read(data, step)
    return raised.value.code


@given(
    st.lists(st.one_of(st.text(max_size=300), st.binary(max_size=300)), max_size=5),
    st.integers(1, 400),
    st.binary(min_size=4, max_size=4),
)
def test_messages_arrive_however_the_bytes_are_cut(messages, step, mask):
    sent = b"".join(
        masked(TEXT, m.encode(), mask=mask) if isinstance(m, str) else masked(BINARY, m, mask=mask)
        for m in messages
    )
    got = read(sent, step, limit=1200)
    assert got == [(TEXT if isinstance(m, str) else BINARY, m) for m in messages]


@given(st.binary(max_size=200), st.integers(1, 50))
def test_garbage_is_a_violation_or_waits_for_more(data, step):
    with contextlib.suppress(Violation):
        read(data, step)


def test_fragments_are_one_message_and_a_ping_may_come_between_them():
    sent = (
        masked(TEXT, "Grü".encode()[:3], final=False)
        + masked(PING, b"now")
        + masked(CONTINUATION, "Grü".encode()[3:], final=False)
        + masked(CONTINUATION, b"")
    )
    assert read(sent) == [(PING, b"now"), (TEXT, "Grü")]


@pytest.mark.parametrize(
    "sent",
    [
        message_frame("unmasked"),
        masked(0x3, b"an opcode that is none"),
        masked(TEXT, b"reserved", final=True).replace(b"\x81", b"\xc1", 1),
        masked(PING, b"a fragmented ping", final=False),
        masked(PING, b"x" * 126),
        masked(CONTINUATION, b"of nothing"),
        masked(TEXT, b"begun", final=False) + masked(TEXT, b"begun again"),
    ],
)
def test_what_the_protocol_forbids_is_a_violation(sent):
    assert code_for(sent) == code_for(sent, len(sent)) == PROTOCOL_ERROR


def test_text_must_be_utf8():
    assert code_for(masked(TEXT, b"\xff\xfe")) == BAD_DATA
    assert code_for(masked(TEXT, "ü".encode()[:1])) == BAD_DATA


def test_too_large_is_known_from_the_head_alone():
    assert code_for(masked(TEXT, b"x" * (LIMIT + 1))[:4]) == TOO_BIG
    assert code_for(b"\x81\xff" + struct.pack("!Q", 1 << 63)) == TOO_BIG
    half = masked(TEXT, b"x" * 600, final=False)
    assert code_for(half + masked(CONTINUATION, b"x" * 600)[:4]) == TOO_BIG
    assert read(masked(TEXT, b"x" * LIMIT)) == [(TEXT, "x" * LIMIT)]


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536])
def test_our_own_frames_say_how_long_they_are(size):
    sent = message_frame(b"x" * size)
    assert sent.endswith(b"x" * size)
    assert len(sent) - size == (2 if size < 126 else 4 if size < 1 << 16 else 10)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (b"", NORMAL),
        (struct.pack("!H", 1001), 1001),
        (struct.pack("!H", 4000) + "tschüss".encode(), 4000),
        (b"\x03", PROTOCOL_ERROR),
        (struct.pack("!H", 1005), PROTOCOL_ERROR),
        (struct.pack("!H", 999), PROTOCOL_ERROR),
        (struct.pack("!H", 1000) + b"\xff", BAD_DATA),
    ],
)
def test_a_goodbye_is_answered_with_its_code_or_that_of_its_fault(payload, code):
    assert read(masked(CLOSE, payload)) == [(CLOSE, payload)]
    assert close_code(payload) == code
