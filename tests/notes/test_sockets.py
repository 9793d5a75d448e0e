"""Shared notes through the real server's sockets: who hears what, and what a restart loses."""

import queue
import re
from base64 import b64decode, b64encode

import pytest

from app.breakouts import actions as breakouts
from app.breakouts.models import Round
from app.database import locked, transaction
from tests.factories import look_again
from tests.notes.writing import Paper
from tests.sockets import Page

pytestmark = pytest.mark.socket

UPDATE = re.compile(r'data-number="(\d+)" data-update="([^"]*)"')


class Writer:
    """A page with its paper: it sends what is typed, and takes in what it hears."""

    def __init__(self, server, visitor, room, client):
        self.page = Page(server, cookie=visitor.browser.cookie())
        hear = self.page.messages.put
        self.page.client.on("points_in_notes", lambda said: hear(("points_in_notes", said)))
        self.room, self.paper = room, Paper(client)
        self.epoch, self.version = "", -1

    def open(self):
        """Hear the notes, and take in what is there."""
        message = {"room": self.room.id, "epoch": self.epoch, "version": self.version}
        answer = self.page.ask("open_notes", message)
        if answer["ok"]:
            self.epoch, self.version = answer["epoch"], answer["version"]
            parts = [answer["document"], *answer["updates"]]
            self.paper.take(*(b64decode(part) for part in parts if part))
        return answer

    def send(self, update):
        """What the server answers to an update."""
        text = b64encode(update).decode()
        message = {"room": self.room.id, "epoch": self.epoch, "update": text}
        return self.page.ask("write_notes", message)

    def hear(self, *numbers):
        """Take in what is heard until the updates of these numbers have come."""
        missing = set(numbers)
        while missing:
            change = self.page.next("change")
            for number, data in UPDATE.findall(change["html"]):
                self.paper.take(b64decode(data))
                missing.discard(int(number))

    def hears_nothing(self, seconds=1.5):
        """Whether nothing of the notes comes for a while."""
        try:
            return not self.page.next("change", seconds)
        except queue.Empty:
            return True


@pytest.fixture
def opened(live_server, room):
    """Open the notes of the room as somebody; all pages are closed after the test."""
    writers = []

    def open(visitor, client, of=room):
        writers.append(Writer(live_server, visitor, of, client))
        writers[-1].answer = writers[-1].open()
        return writers[-1]

    yield open
    for writer in writers:
        writer.page.close()


def test_two_pages_write_at_once_and_read_the_same(opened, participant, neighbour):
    one, two = opened(participant, 1), opened(neighbour, 2)
    assert one.answer["writes"]
    assert one.epoch == two.epoch
    first, second = one.paper.type("Here. "), two.paper.type("There. ")
    assert {one.send(first)["version"], two.send(second)["version"]} == {1, 2}
    one.hear(1, 2)
    two.hear(1, 2)
    assert one.paper.text == two.paper.text
    assert sorted(one.paper.text.split()) == ["Here.", "There."]


def test_whoever_comes_later_or_back_gets_what_they_have_not(opened, participant, neighbour):
    one = opened(participant, 1)
    for word in ("One ", "two ", "three"):
        one.send(one.paper.type(word))
    two = opened(neighbour, 2)
    assert two.paper.text == "One two three"
    one.send(one.paper.type(" four"))
    again = two.open()
    assert (again["document"], len(again["updates"])) == ("", 1)
    assert two.paper.text == "One two three four"


def test_who_is_elsewhere_opens_nothing_and_hears_nothing(
    opened, participant, stranger, outsider, observer
):
    for visitor in (stranger, outsider, observer):
        writer = opened(visitor, 5)
        assert not writer.answer["ok"]
        assert "document" not in writer.answer
        one = opened(participant, 1)
        one.send(Paper(writer.room.id + visitor.participant_id).type("Among us"))
        assert writer.hears_nothing()


def test_hosts_hear_and_read_and_are_told_that_they_do_not_write(opened, participant, host):
    one, guest = opened(participant, 1), opened(host, 2)
    assert guest.answer["ok"]
    assert not guest.answer["writes"]
    one.send(one.paper.type("For all"))
    guest.hear(1)
    assert guest.paper.text == "For all"
    assert guest.send(guest.paper.type("!"))["status"] == 403


def test_who_is_moved_hears_this_room_no_more_and_their_own_instead(
    opened, participant, neighbour, room
):
    one, two = opened(participant, 1), opened(neighbour, 2)
    other = next(each for each in room.round.rooms if each.id != room.id)
    with transaction():
        breakouts.move(locked(Round, room.round_id), neighbour.person, other)
    look_again()
    two.page.hears_html(neighbour.person.channel, "visit")
    one.send(one.paper.type("Without you"))
    one.hear(1)
    assert two.hears_nothing()
    assert two.send(two.paper.type("Hello?"))["status"] == 404
    there = opened(neighbour, 3, of=other)
    assert there.send(there.paper.type("Hello!"))["ok"]


def test_cursors_bear_the_servers_names_and_stay_in_the_room(
    opened, participant, neighbour, stranger, room
):
    one, two, away = opened(participant, 1), opened(neighbour, 2), opened(stranger, 3)
    away.page.client.emit("point_in_notes", {"room": room.id, "anchor": "AA", "head": "AA"})
    for nonsense in ({"anchor": "<b>", "head": "AA"}, {"anchor": "A" * 999, "head": "A"}, {}):
        one.page.client.emit("point_in_notes", {"room": room.id, **nonsense})
    mine = {"room": room.id, "anchor": "AAE", "head": "AAI=", "name": "Somebody else", "who": "x"}
    one.page.client.emit("point_in_notes", mine)
    heard = two.page.next("points_in_notes")
    assert heard == {
        "channel": f"notes:{room.id}",
        "anchor": "AAE",
        "head": "AAI=",
        "who": f"participant-{participant.participant_id}",
        "name": "Paula Participant",
    }
    with pytest.raises(queue.Empty):
        away.page.next("points_in_notes", 0.5)


def test_who_is_moved_shows_their_cursor_there_no_more(opened, participant, neighbour, room):
    one, two = opened(participant, 1), opened(neighbour, 2)
    place = {"room": room.id, "anchor": "AAE", "head": "AAE"}
    two.page.client.emit("point_in_notes", place)
    assert one.page.next("points_in_notes")["who"] == f"participant-{neighbour.participant_id}"
    other = next(each for each in room.round.rooms if each.id != room.id)
    with transaction():
        breakouts.move(locked(Round, room.round_id), neighbour.person, other)
    look_again()
    two.page.hears_html(neighbour.person.channel, "visit")
    two.page.client.emit("point_in_notes", place)
    assert not one.page.hears("points_in_notes", 1)


def test_nonsense_neither_breaks_the_server_nor_the_notes(opened, participant, room):
    one = opened(participant, 1)
    one.send(one.paper.type("Sound"))
    for message in (None, 5, [], {"room": "x"}, {"room": room.id}, {"room": 10**30, "update": []}):
        for name in ("open_notes", "write_notes"):
            answer = one.page.ask(name, message)
            assert answer["ok"] is (name == "open_notes" and message == {"room": room.id})
    assert one.send(b"\xff" * 4000)["status"] == 422
    assert one.send(one.paper.type(" and safe"))["ok"]


def test_what_was_acknowledged_survives_a_killed_server(
    opened, participant, neighbour, live_server
):
    one = opened(participant, 1)
    assert one.send(one.paper.type("Said and kept"))["ok"]
    live_server.restart()
    two = opened(neighbour, 2)
    assert two.paper.text == "Said and kept"
    assert two.epoch == one.epoch
    back = opened(participant, 3)
    back.paper, back.epoch, back.version = one.paper, one.epoch, one.version
    assert back.open()["version"] == 1
    assert back.send(back.paper.type(", and on"))["version"] == 2
    two.hear(2)
    assert two.paper.text == "Said and kept, and on"
