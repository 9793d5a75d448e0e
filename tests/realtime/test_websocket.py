"""The WebSocket driver, with clients that behave badly, under all the servers we have."""

import contextlib
import inspect
import random
import struct
import threading
import time
from typing import Any

import engineio.socket
import pytest
import requests

from app.extensions import socketio
from app.realtime.direct import DirectManager
from app.realtime.frames import (
    BAD_DATA,
    BINARY,
    CLOSE,
    CONTINUATION,
    PING,
    PONG,
    PROTOCOL_ERROR,
    TEXT,
    TOO_BIG,
    frame,
)
from app.realtime.websocket import Transport, Transports
from tests.realtime.lines import Line, masked
from tests.realtime.stages import NodeClient, PythonClient, Stage

pytestmark = pytest.mark.socket

DEEP = "[" * 30_000


def test_an_offer_to_compress_is_not_accepted(stage):
    with Line(stage) as line:
        assert line.answer.startswith("HTTP/1.1 101 ")
        assert "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in line.answer
        assert "extensions" not in line.answer.lower()
        line.join()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_WebSocket_Version": "12"},
        {"Sec_WebSocket_Version": None},
        {"Sec_WebSocket_Key": None},
        {"Sec_WebSocket_Key": "c2hvcnQ="},
        {"Sec_WebSocket_Key": "ümlaut"},
        {"Connection": "keep-alive"},
        {"Upgrade": "h2c"},
    ],
)
def test_half_a_handshake_is_refused(stage, headers):
    with Line(stage, **headers) as line:
        assert line.answer.startswith("HTTP/1.1 400 ")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (frame(TEXT, b"unmasked"), PROTOCOL_ERROR),
        (b"GET / HTTP/1.1\r\n\r\n", PROTOCOL_ERROR),
        (masked(TEXT, b"\xff\xff"), BAD_DATA),
        (masked(CONTINUATION, b"of nothing"), PROTOCOL_ERROR),
        (masked(PING, b"x", final=False), PROTOCOL_ERROR),
        (b"\x81\xff" + struct.pack("!Q", 1 << 40), TOO_BIG),
        (masked(TEXT, b"4" + b"x" * 64 * 1024)[:14], TOO_BIG),
        (masked(TEXT, b""), PROTOCOL_ERROR),
        (masked(TEXT, b"x"), PROTOCOL_ERROR),
        (masked(TEXT, f"4{DEEP}".encode()), PROTOCOL_ERROR),
        (masked(CLOSE, struct.pack("!H", 1001)), 1001),
        (masked(CLOSE, b"\x00"), PROTOCOL_ERROR),
        (masked(CLOSE, b""), 1000),
    ],
)
def test_what_breaks_the_protocol_is_closed_with_its_code(stage, sent, code):
    with Line(stage).join() as line:
        line.send(sent)
        assert line.close_code() == code


@pytest.mark.parametrize(
    "packet",
    [
        "42",
        "42{}",
        "42[]",
        "42[7]",
        "42[[1]]",
        '42["connect"]',
        '42["disconnect"]',
        "43",
        "44",
        "49",
        "4x",
        "4",
        "4[1]",
        f"42{DEEP}",
        '451-["enter",{"_placeholder":true,"num":5}]',
        '42["echo","\\ud800"]',
        '42["echo","\\u0000"]',
        "b!!!",
    ],
)
def test_a_packet_that_no_page_sends_closes_the_connection(stage, packet):
    with Line(stage).join() as line:
        line.say(packet)
        assert line.close_code() in (1000, PROTOCOL_ERROR)


def test_bytes_are_refused(stage):
    with Line(stage).join() as line:
        line.send(masked(BINARY, b"\x00\x01"))
        assert line.close_code() == 1000


def test_a_body_that_is_none_leaves_no_traceback_when_polled(stage):
    address = f"{stage.url}/socket.io/?EIO=4&transport=polling"
    sid = requests.get(address, timeout=10).text.split('"sid":"')[1].split('"')[0]
    for body in (b"\xff", b"x", b"", b"4[[", b"\x1e" * 40, b"40\x1e2", b"49"):
        requests.post(f"{address}&sid={sid}", data=body, timeout=10)


def test_garbage_of_all_kinds_leaves_a_server_that_works(stage):
    lot = random.Random(7)
    packets = [b"40", b'420["echo",{"a":"\\u0041"}]', b"41", b"430[1]", b"2probe", b"5", b"1", b"3"]
    for _ in range(150):
        with Line(stage) as line, contextlib.suppress(EOFError, OSError):
            for _ in range(lot.randint(1, 5)):
                packet = bytearray(lot.choice(packets))
                packet[lot.randrange(len(packet))] = lot.choice([*packet, *b'0[{"/\x00\xff'])
                frame = masked(lot.choice([TEXT, TEXT, TEXT, BINARY]), bytes(packet))
                line.send(frame if lot.random() < 0.9 else frame[: lot.randrange(len(frame))])
    stage.waits_for(rooms={})
    with Line(stage).join("hall") as line:
        line.say('42["echo",1]')
        assert line.next_text() == '42["before",1]'


def test_a_fragmented_packet_and_pings_are_understood(stage):
    with Line(stage).join() as line:
        line.send(masked(TEXT, b'420["ec', final=False) + masked(PING, b"still there?"))
        assert line.next() == (PONG, b"still there?")
        line.send(masked(PONG, b"unasked") + masked(CONTINUATION, b'ho",1]'))
        assert line.next_text() == '42["before",1]'
        assert line.next_text() == "430[1]"


def test_packets_are_handled_in_the_order_in_which_they_came(stage):
    with Line(stage) as line:
        assert line.next_text().startswith("0{")
        packets = ["40", '420["enter","queue"]', '421["echo","a"]']
        line.send(b"".join(masked(TEXT, packet.encode()) for packet in packets))
        heard = [line.next_text()[:4] for _ in range(4)]
        assert heard == ['40{"', "430[", '42["', "431["]


def test_who_goes_without_a_word_leaves_all_rooms(stage):
    with Line(stage).join("short"):
        assert stage.state["rooms"]["short"] == 1
    deadline = time.monotonic() + 10
    while "short" in stage.state["rooms"]:
        assert time.monotonic() < deadline


def test_a_slow_reader_is_exact_or_cut_off_and_holds_nobody_up(stage):
    """Each message says how long it is, so a torn stream could not be read."""
    steps = [
        {"name": "n", "room": "slow", "data": [n, "x" * 20_000], "pause": 0.003} for n in range(150)
    ]
    steps.append({"name": "end", "room": "slow"})
    quick = [Line(stage).join("slow") for _ in range(4)]
    slow = [Line(stage, buffer=4096).join("slow") for _ in range(3)]
    heard: list[list[Any]] = []
    readers = [
        threading.Thread(target=lambda line=line: heard.append(line.events())) for line in quick
    ]
    for reader in readers:
        reader.start()
    seconds = stage.script(*steps)
    for reader in readers:
        reader.join()
    assert seconds < 10
    wanted = [["n", [n, "x" * 20_000]] for n in range(150)]
    assert heard == [[*wanted, ["end"]]] * 4
    for line in slow:
        got = line.events()
        assert got[-1] in (["end"], None)
        assert got[:-1] == wanted[: len(got) - 1]
        assert got[-1] is None or len(got) == 151
    for line in (*quick, *slow):
        line.socket.close()


def test_who_reads_again_in_time_misses_nothing(stage):
    steps = [{"name": "n", "room": "nap", "data": [n, "x" * 2000]} for n in range(100)]
    with Line(stage, buffer=4096).join("nap") as line:
        stage.script(*steps, {"name": "end", "room": "nap"})
        time.sleep(2)
        assert [message[1][0] for message in line.events()[:-1]] == list(range(100))


def test_others_hear_all_while_some_leave_in_the_midst_of_an_emit(stage):
    steps = [{"name": "n", "room": "door", "data": n, "pause": 0.001} for n in range(300)]
    stays = [PythonClient(stage, f"stays {n}", ["websocket"], "door") for n in range(2)]
    leaves = [Line(stage).join("door") for _ in range(40)]
    streaming = threading.Thread(
        target=lambda: stage.script(*steps, {"name": "end", "room": "door"})
    )
    streaming.start()
    for line in leaves:
        line.socket.close()
        time.sleep(0.005)
    streaming.join()
    for client in stays:
        assert client.all() == [*(["n", n] for n in range(300)), ["end"]]


def test_who_answers_no_ping_is_given_up():
    stage = Stage(PING_INTERVAL="0.5", PING_TIMEOUT="3")
    try:
        with Line(stage).join() as line:
            pings = 0
            while pings < 3:
                assert line.next() == (TEXT, b"2")
                line.say("3")
                pings += 1
            assert line.close_code() == 1000
        stage.waits_for(rooms={})
    finally:
        stage.stop()


@pytest.mark.parametrize("worker", ["gevent", "gevent_pywsgi"])
def test_it_works_under_gunicorn(worker):
    stage = Stage(worker=worker)
    try:
        clients = [
            PythonClient(stage, "python", ["websocket"], "hall"),
            PythonClient(stage, "polls", ["polling"], "hall"),
            NodeClient(stage, "node", ["websocket"], "hall"),
            NodeClient(stage, "upgrades", ["polling", "websocket"], "hall"),
        ]
        with Line(stage).join("hall") as line:
            line.send(b"garbage without end" * 10)
            assert line.close_code() == PROTOCOL_ERROR
        steps = [{"name": "n", "room": "hall", "data": n, "pause": 0.001} for n in range(100)]
        stage.script(*steps, {"name": "end", "room": "hall"})
        for client in clients:
            assert client.all() == [*(["n", n] for n in range(100)), ["end"]]
        stage.waits_for(rooms={})
    finally:
        stage.stop()


@pytest.mark.parametrize("database", ["sqlite"])
def test_the_seam_that_the_driver_is_set_in_is_where_it_was(app):
    """Engine.IO's own code calls what we have put there, and asks of a queue what we offer."""
    manager = socketio.server.manager
    assert isinstance(manager, DirectManager)
    assert isinstance(socketio.server.eio._async["websocket"], Transports)
    upgrading = inspect.getsource(engineio.socket.Socket._upgrade_websocket)
    assert "self.server._async['websocket'](" in upgrading
    assert "self._websocket_handler, self.server)" in upgrading
    asked = inspect.getsource(engineio.socket)
    called = {word.split("(")[0] for word in asked.split("self.queue.")[1:]}
    assert called == {"get", "task_done", "put", "join"} <= set(dir(Transport))
