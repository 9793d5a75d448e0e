"""Joining a room's video call: who may, where it leads, and what if the server is away."""

import html
import re
import threading
import time
from dataclasses import replace
from urllib.request import urlopen

import pytest

from app.breakouts import actions
from app.database import transaction
from app.extensions import db
from app.video import fetching, servers
from tests.breakouts.rounds import come, make_conference, room_of, start, where
from tests.video.stand_in_servers import SECRET, stand_in
from video_settings import VideoSettings


@pytest.fixture
def event(app):
    return make_conference()


@pytest.fixture
def room(event, participant):
    come(event, 5)
    return room_of(start(event, "Round 1"), participant.person)


@pytest.fixture
def server():
    with stand_in() as started:
        yield started


@pytest.fixture
def configure(app, monkeypatch):
    """Set a video server, as the operator does."""
    servers._server.cache_clear()

    def set_video(**environment):
        names = {
            f"VIDEO_{name.upper()}" if name != "kind" else "VIDEO": value
            for name, value in environment.items()
        }
        video = VideoSettings.from_environment(names)
        settings = replace(app.extensions["settings"], video=video)
        monkeypatch.setitem(app.extensions, "settings", settings)

    return set_video


@pytest.fixture
def bigbluebutton(configure, server):
    configure(kind="bigbluebutton", url=server.api, secret=SECRET)
    return server


def press(visitor, room):
    return visitor.post(f"/rooms/{room.id}/call")


def address_in(page):
    (refresh,) = re.findall(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)
    address = html.unescape(refresh)
    assert f'href="{refresh}"' in page.text
    return address


def follow(page):
    with urlopen(address_in(page)) as answer:
        return answer.read().decode()


def test_without_a_setting_there_is_no_call(participant, room):
    assert "/call" not in participant.get(f"/rooms/{room.id}").text
    assert press(participant, room).status_code == 404


def test_the_room_offers_the_call_in_a_tab_of_its_own(participant, room, bigbluebutton):
    page = participant.get(f"/rooms/{room.id}").text
    (form,) = re.findall(r'<form class="room-video"[^>]*>', page)
    for attribute in ('method="post"', 'target="_blank"', 'rel="noopener"', 'data-turbo="false"'):
        assert attribute in form
    assert "127.0.0.1" in page
    assert bigbluebutton.asked == []


def test_the_server_takes_everybody_of_the_room_into_one_meeting(
    participant, moderator, room, bigbluebutton
):
    for visitor in (participant, moderator):
        assert "successfullyJoined" in follow(press(visitor, room))
    guest, leader = bigbluebutton.joined
    assert guest["meetingID"] == leader["meetingID"]
    assert re.fullmatch(r"[a-z0-9-]+", guest["meetingID"])
    assert guest["fullName"] == "Paula Participant"
    assert (guest["role"], leader["role"]) == ("VIEWER", "MODERATOR")
    assert str(participant.participant_id) != guest["userID"] != leader["userID"]


def test_many_who_come_at_once_ask_the_server_once(participant, room, bigbluebutton):
    for _time in range(3):
        press(participant, room)
    assert bigbluebutton.asked == ["create"]


@pytest.mark.parametrize("hash", ["sha1", "sha256", "sha512"])
def test_the_checksum_is_made_as_the_server_wants_it(configure, server, participant, room, hash):
    server.hash = hash
    configure(kind="bigbluebutton", url=server.api, secret=SECRET, hash=hash)
    assert "successfullyJoined" in follow(press(participant, room))


def test_an_old_link_opens_no_later_meeting(participant, room, bigbluebutton, monkeypatch):
    monkeypatch.setattr(fetching, "FRESH", 0.0)
    old = press(participant, room)
    bigbluebutton.end_meetings()
    assert "successfullyJoined" in follow(press(participant, room))
    assert "mismatchCreateTimeParam" in follow(old)


def test_rooms_are_meetings_of_their_own(participant, moderator, room, bigbluebutton):
    other = next(each for each in room.round.rooms if each.id != room.id)
    for each in (room, other):
        follow(press(moderator, each))
    assert len(bigbluebutton.meetings) == 2


def test_a_wrong_secret_is_a_clear_sentence_and_a_line_in_the_log(
    configure, server, participant, room, caplog
):
    configure(kind="bigbluebutton", url=server.api, secret="another")
    answer = press(participant, room)
    assert answer.status_code == 503
    assert "The video call cannot be reached just now." in answer.text
    assert "checksumError" in caplog.text
    assert "another" not in answer.text + caplog.text


def test_a_server_that_does_not_answer_is_left_alone_for_a_while(
    participant, moderator, room, bigbluebutton, monkeypatch
):
    monkeypatch.setattr(fetching, "LONGEST", 0.2)
    bigbluebutton.pause = 1.0
    other = next(each for each in room.round.rooms if each.id != room.id)
    assert press(participant, room).status_code == 503
    assert press(moderator, other).status_code == 503
    assert len(bigbluebutton.asked) <= 1
    assert "checksum" not in press(participant, room).text


def test_what_is_signed_for_one_server_is_not_taken_to_another(
    participant, room, bigbluebutton, caplog
):
    with stand_in() as elsewhere:
        bigbluebutton.moved_to = f"{elsewhere.api}/create"
        assert press(participant, room).status_code == 503
        assert elsewhere.asked == []
    assert "status 302" in caplog.text


def test_an_endless_answer_is_cut_off(participant, room, bigbluebutton):
    bigbluebutton.instead = "x" * (fetching.LARGEST * 2)
    assert press(participant, room).status_code == 503


def test_no_connection_to_the_database_is_held_while_the_server_is_asked(
    app, participant, room, bigbluebutton, monkeypatch
):
    held = []
    real = fetching._fetched

    def look(url):
        held.append(db.session.in_transaction())
        return real(url)

    monkeypatch.setattr(fetching, "_fetched", look)
    assert press(participant, room).status_code == 200
    assert held == [False]


def test_no_more_than_a_few_ask_at_once(bigbluebutton, monkeypatch):
    monkeypatch.setattr(fetching, "PATIENCE", 0.05)
    bigbluebutton.pause = 0.5
    ask, outcomes = fetching.Remembering(), []

    def one(number):
        try:
            ask(f"{bigbluebutton.api}/getMeetings?number={number}")
            outcomes.append("answered")
        except fetching.VideoAway as away:
            outcomes.append(away.why)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(fetching.AT_ONCE + 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("answered") == fetching.AT_ONCE
    assert outcomes.count("too many ask at once") == 2


def ask_together(ask, url, people):
    """What becomes of so many who want to know the same, and how long each has waited."""
    outcomes, waited = [], []

    def one():
        began = time.monotonic()
        try:
            outcomes.append(ask(url))
        except fetching.VideoAway as away:
            outcomes.append(away.why)
        waited.append(time.monotonic() - began)

    threads = [threading.Thread(target=one) for _person in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes, waited


def test_a_slow_answer_keeps_only_a_few_waiting(bigbluebutton):
    bigbluebutton.pause = 1.0
    ask, url = fetching.Remembering(), f"{bigbluebutton.api}/getMeetings"
    outcomes, _waited = ask_together(ask, url, fetching.WAITING + 3)
    assert outcomes.count("too many wait") == 3
    assert len(bigbluebutton.asked) <= 1
    assert "too many wait" not in ask_together(ask, url, fetching.WAITING + 3)[0]


def test_nobody_waits_for_long_while_another_asks(bigbluebutton, monkeypatch):
    monkeypatch.setattr(fetching, "PATIENCE", 0.1)
    bigbluebutton.pause = 1.5
    ask, url = fetching.Remembering(), f"{bigbluebutton.api}/getMeetings"
    outcomes, waited = ask_together(ask, url, 3)
    assert outcomes.count("it takes long") == 2
    assert sorted(waited)[1] < 1.4


def test_jitsi_lets_in_whoever_brings_our_token_and_nobody_else(
    configure, server, participant, room
):
    configure(kind="jitsi", url=f"{server.root}/jitsi/{{room}}", secret=SECRET, app="us")
    assert follow(press(participant, room)) == "Welcome"
    (claims,) = server.joined
    assert (claims["iss"], claims["aud"], claims["sub"]) == ("us", "jitsi", "127.0.0.1")
    assert claims["context"]["user"]["name"] == "Paula Participant"


def test_a_plain_link_needs_no_server_of_a_certain_kind(configure, participant, room):
    configure(kind="link", url="https://video.example.org/our-room-{number}")
    address = f"https://video.example.org/our-room-{room.number}"
    assert address_in(press(participant, room)) == address


def test_who_may_not_enter_the_room_does_not_join_its_call(
    event, join, observer, room, bigbluebutton
):
    stranger = join(event, "Stella Stranger")
    while where(room.round)[stranger.participant_id] == room.id:
        stranger = join(event, "Stella Stranger")
    assert press(stranger, room).status_code == 404
    assert press(observer, room).status_code == 403
    assert bigbluebutton.asked == []


def test_nobody_from_outside_joins(browser, outsider, room, bigbluebutton):
    assert press(outsider, room).status_code == 401
    assert browser().post(f"/rooms/{room.id}/call").status_code == 401
    assert bigbluebutton.asked == []


def test_a_host_who_visits_is_no_moderator_of_the_call(host, room, bigbluebutton):
    follow(press(host, room))
    assert bigbluebutton.joined[0]["role"] == "VIEWER"


def test_after_the_round_nobody_joins(participant, room, bigbluebutton):
    with transaction():
        actions.end_round(actions.hold(room.round_id))
    assert press(participant, room).status_code == 409
    assert bigbluebutton.asked == []
