"""A day in the log of the real server: each request is there, and nobody in it."""

import json
import socket
import sys
import time

import pytest
import requests

from app.events.models import Participant
from app.extensions import db
from tests.factories import item_of_kind, look_again
from tests.live_server import LiveServer, free_port
from tests.livepolls.polls import open_poll
from tests.sockets import Page

pytestmark = pytest.mark.socket

NAME, TEXT, QUERY = "Zebedea Quokka", "Our hamsters need a louder voice", "hamsterwheel"
EMAIL, PASSWORD, LINK = "zebedea@quokka.example", "correct hamster battery", "hamsterlink123456"
EMBEDDED = (sys.executable, "wsgi.py")
GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app")
PRODUCTION = pytest.param("postgresql", GUNICORN, marks=pytest.mark.postgresql)
EACH_SERVER = pytest.mark.parametrize(
    ("database", "command"), [("sqlite", EMBEDDED), PRODUCTION], ids=["embedded", "gunicorn"]
)
NO_REQUESTS = (
    f"{NAME}\r\n\r\n",
    f"GET /{QUERY} HTTP/9.9 {NAME}\r\n\r\n",
    f"GET /{QUERY} HTTP/1.1\r\nHost: x\r\n{NAME} without a colon\r\n\r\n",
    f"POST /join HTTP/1.1\r\nHost: x\r\nContent-Length: {NAME}\r\n\r\n",
    f"GET /{QUERY * 2000} HTTP/1.1\r\nHost: x\r\n\r\n",
)
NO_PACKETS = (f"4{NAME}", "40{broken", f'42["subscribe",{QUERY}', "451-[]", f"b{NAME}", NAME)


class Day:
    """The log from the first request on."""

    def __init__(self, server):
        self.server, self.begins = server, len(server.log)

    @property
    def text(self):
        return self.server.log[self.begins :]

    @property
    def lines(self):
        return [json.loads(line) for line in self.text.splitlines() if line]

    def of(self, rule):
        """The lines of requests to a route; the last may take a moment to be written."""
        end = time.monotonic() + 5
        while not (found := [line for line in self.lines if line.get("rule") == rule]):
            assert time.monotonic() < end, self.text
            time.sleep(0.05)
        return found


@pytest.fixture(scope="module")
def serving(environment_of):
    """The servers of this module, one for each command."""
    running = {}

    def server(database, command):
        if command not in running:
            own = {"PORT": str(free_port()), "LOG_FORMAT": "json", "JOBS": "none"}
            running[command] = LiveServer({**environment_of(database), **own})
            running[command].command = command
        running[command].start()
        return running[command]

    yield server
    for each in running.values():
        each.stop()


@pytest.fixture
def day(app, serving, database, command):
    return Day(serving(database, command))


def speak(server, said):
    """Say something on a connection, and hear what comes back."""
    host, port = server.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(said.encode())
        return line.recv(4096)


def take_part(server, event, poll):
    """Join, write, search, and fail to sign in."""
    call = f"{server.url}/api/v1"
    joined = requests.post(f"{call}/events/{event.code}/participants", json={"name": NAME})
    bearer = {"Authorization": f"Bearer {joined.json()['token']}"}
    for text in (TEXT, "", "\0", TEXT * 500):
        body = {"text": text, "key": f"key of {QUERY}"}
        requests.post(f"{call}/polls/{poll.id}/concerns", json=body, headers=bearer)
    for path in (f"join/{event.code}?name={NAME}", f"search?q={QUERY}", f"sign-in/{LINK}", QUERY):
        requests.get(f"{server.url}/{path}", headers={"Referer": f"http://x/{QUERY}"})
    requests.post(f"{server.url}/sign-in", data={"email": EMAIL, "password": PASSWORD})
    return joined


def talk_nonsense(server, token):
    """What no page sends, over HTTP and sockets."""
    for said in NO_REQUESTS:
        assert b" 200 " not in speak(server, said)
    page = Page(server, token=token)
    page.subscribe(f"event:{QUERY}")
    for said in ({"channel": NAME}, NAME, [NAME], None):
        page.ask("subscribe", said)
    page.client.emit(NAME, TEXT)
    page.close()
    polling = f"{server.url}/socket.io/?EIO=4&transport=polling"
    requests.get(f"{polling}&sid={LINK}")
    requests.get(f"{server.url}/socket.io/?EIO=3&transport={NAME}")
    for said in NO_PACKETS:
        sid = json.loads(requests.get(polling).text[1:])["sid"]
        requests.post(f"{polling}&sid={sid}", data=said.encode())
        requests.post(f"{polling}&sid={sid}", data=said.encode())


@EACH_SERVER
def test_nobody_is_in_the_log_of_a_day(day, event):
    poll = open_poll(event, item_of_kind(event, "poll"))
    joined = take_part(day.server, event, poll)
    assert joined.status_code == 201, joined.text
    token = joined.json()["token"]
    talk_nonsense(day.server, token)
    day.of("/search")
    secrets = (NAME, *NAME.split(), TEXT, QUERY, EMAIL, PASSWORD, LINK, event.code, token)
    assert [each for each in (*secrets, "hamster", "127.0.0.1") if each in day.text] == []
    assert "Traceback" not in day.text
    assert [line for line in day.lines if line["level"] in ("error", "critical")] == []
    look_again()
    assert db.session.query(Participant).filter_by(name=NAME).count() == 1


@EACH_SERVER
def test_each_request_is_a_line_with_the_id_of_its_answer(day, event):
    code = event.code
    given = "0123456789abcdef0123456789abcdef"
    asked = requests.get(f"{day.server.url}/join/{code}", headers={"X-Request-ID": given})
    assert asked.headers["X-Request-ID"] == given
    (line,) = day.of("/join/<code>")
    assert line["request_id"] == given
    assert (line["method"], line["status"]) == ("GET", 200)
    assert line["level"] == "info"
    assert line["ms"] > 0


@EACH_SERVER
def test_a_process_that_serves_is_ready(day):
    end = time.monotonic() + 10
    while (answer := requests.get(f"{day.server.url}/ready")).status_code != 200:
        assert time.monotonic() < end, answer.text
        time.sleep(0.2)
    assert answer.json() == {"ready": True}
