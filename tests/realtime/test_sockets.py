"""The contract of the socket, against the real server."""

import time
from datetime import timedelta

import pytest
import requests
from socketio.exceptions import ConnectionError as Refusal

from app.database import now, transaction
from app.events import actions
from app.events.models import LEASE, Participant
from app.extensions import db
from app.identity import TokenKind, issue
from app.permissions import Role
from tests.factories import item_of_kind, look_again
from tests.livepolls.polls import open_poll
from tests.sockets import Page

pytestmark = pytest.mark.socket


@pytest.fixture
def open_page(live_server):
    """Open a page's socket as somebody; all are closed after the test."""
    pages = []

    def open(visitor=None, **how):
        if visitor is not None:
            how["cookie"] = visitor.browser.cookie()
        pages.append(Page(live_server, **how))
        return pages[-1]

    yield open
    for page in pages:
        page.close()


@pytest.fixture
def send(live_server, app):
    """Send a form to the live server as somebody, with the token that its pages carry."""

    def post(visitor, path, data=None):
        cookie = {"Cookie": visitor.browser.cookie(), "Accept-Language": "en"}
        page = requests.get(
            f"{live_server.url}/e/{visitor_event(visitor).code}/me", headers=cookie, timeout=10
        )
        assert page.ok, page.text
        token = page.text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        cookies = {
            "dialograum": page.cookies.get("dialograum")
            or visitor.browser.get_cookie("dialograum").value
        }
        answer = requests.post(
            f"{live_server.url}{path}",
            data={**(data or {}), "csrf_token": token},
            cookies=cookies,
            timeout=10,
            allow_redirects=False,
        )
        assert answer.status_code == 303, answer.text
        look_again()

    return post


def visitor_event(visitor):
    return visitor.person.event


def test_a_stranger_is_refused(open_page):
    with pytest.raises(Refusal):
        open_page()
    with pytest.raises(Refusal):
        open_page(token="made up")


def test_a_forged_cookie_is_refused(open_page):
    with pytest.raises(Refusal):
        open_page(cookie="dialograum=eyJwYXJ0aWNpcGFudHMiOnsiMSI6MX19.aaaa.bbbb")


def test_a_subscription_is_acknowledged_with_where_the_channel_stands(
    event, participant, open_page
):
    page = open_page(participant)
    answer = page.subscribe(f"event:{event.code}")
    assert answer["ok"] is True
    assert {"ok", "revision", "position"} <= set(answer)
    assert all(isinstance(answer[key], int) for key in ("revision", "position"))


def test_a_deed_is_heard_by_everybody_at_once_and_revisions_rise(
    event, participant, join, open_page, send
):
    poll = open_poll(event, item_of_kind(event, "poll"))
    page, other = open_page(participant), open_page(join(event))
    before = page.subscribe(f"event:{event.code}")["revision"]
    other.subscribe(f"event:{event.code}")
    seconds = []
    for number in (1, 2):
        began = time.monotonic()
        send(
            participant, f"/polls/{poll.id}/concerns", {"text": f"Concern {number}", "key": number}
        )
        message = page.hears_html(f"event:{event.code}", f"Concern {number}")
        seconds.append(time.monotonic() - began)
        other.hears_html(f"event:{event.code}", f"Concern {number}")
    assert min(seconds) < 3  # a busy machine may be late once
    assert message["revision"] >= before + 2
    assert set(message) == {"channel", "revision", "position", "html"}


def test_revisions_have_no_gaps(event, participant, moderator, open_page, send):
    page = open_page(participant)
    revision = page.subscribe(f"event:{event.code}")["revision"]
    for item in (event.items[0], event.items[1]):
        send(moderator, f"/e/{event.code}/step", {"item": item.id})
        message = page.next("change")
        while message["channel"] != f"event:{event.code}":
            message = page.next("change")
        revision += 1
        assert message["revision"] == revision


def test_what_a_process_elsewhere_wrote_is_found_without_a_wake_up(event, participant, open_page):
    """This test is that other process."""
    page = open_page(participant)
    page.subscribe(f"event:{event.code}")
    with transaction():
        actions.start_step(event, event.items[0])
    assert "Good to have you here" in page.next("change", 4)["html"]


@pytest.mark.parametrize("channel", ["nothing:1", "event:NOPE", "", None, 7, {"a": 1}])
def test_an_unknown_channel_is_refused_with_a_sentence(participant, open_page, channel):
    answer = open_page(participant).subscribe(channel)
    assert answer["ok"] is False
    assert answer["error"]


@pytest.mark.parametrize("message", [None, 7, "event", []])
def test_a_message_of_another_shape_is_refused(participant, open_page, message):
    page = open_page(participant)
    assert page.ask("subscribe", message)["ok"] is False
    assert page.ask("unsubscribe", message)["ok"] is True


def test_what_is_not_meant_for_somebody_is_refused(event, participant, join, open_page):
    page = open_page(participant)
    other = join(event)
    for channel in (
        f"cockpit:{event.code}",
        f"screen:{event.code}",
        f"participant:{other.participant_id}",
    ):
        assert page.subscribe(channel)["ok"] is False, channel


def test_the_cockpit_hears_what_the_hall_does_not(event, participant, moderator, open_page, send):
    poll = open_poll(event, item_of_kind(event, "poll"), hides_until_closed=True)
    hall, cockpit = open_page(participant), open_page(moderator)
    hall.subscribe(f"event:{event.code}")
    assert cockpit.subscribe(f"cockpit:{event.code}")["ok"]
    send(participant, f"/polls/{poll.id}/concerns", {"text": "A quiet concern", "key": "k"})
    cockpit.hears_html(f"cockpit:{event.code}", "A quiet concern")
    time.sleep(0.5)
    heard = [m for name, m in hall.messages.queue if name == "change"]
    assert "A quiet concern" not in str([m for m in heard if m["channel"].startswith("event:")])


def test_a_token_opens_the_socket_too(event, participant, open_page):
    with transaction():
        secret = issue(TokenKind.API, participant_id=participant.participant_id)
    page = open_page(token=secret)
    assert page.subscribe(f"event:{event.code}")["ok"]
    assert page.subscribe(f"cockpit:{event.code}")["ok"] is False


def test_after_unsubscribing_nothing_is_heard(event, participant, moderator, open_page, send):
    page = open_page(participant)
    page.subscribe(f"event:{event.code}")
    assert page.ask("unsubscribe", {"channel": f"event:{event.code}"}) == {"ok": True}
    send(moderator, f"/e/{event.code}/step", {"item": event.items[0].id})
    assert not page.hears("change", 1)


def test_coming_in_begins_a_lease(event, participant, open_page):
    with transaction():
        participant.person.present_until = None
    page = open_page(participant)
    page.subscribe(f"event:{event.code}")
    look_again()
    assert participant.person.is_present
    assert participant.person.present_until <= now() + LEASE


def test_a_lease_outlives_the_connection_and_is_renewed_on_return(event, participant, open_page):
    page = open_page(participant)
    page.subscribe(f"event:{event.code}")
    page.close()
    look_again()
    assert participant.person.is_present
    with transaction():
        db.session.get_one(Participant, participant.participant_id).present_until = (
            now() - timedelta(seconds=1)
        )
    open_page(participant).subscribe(f"event:{event.code}")
    look_again()
    assert participant.person.is_present


def test_a_change_of_role_closes_the_connection(event, participant, moderator, open_page, send):
    page = open_page(participant)
    page.subscribe(f"event:{event.code}")
    send(moderator, f"/e/{event.code}/people/{participant.participant_id}/role", {"role": "host"})
    page.next("disconnect")
    again = open_page(participant)
    assert again.subscribe(f"event:{event.code}")["ok"]
    assert participant.person.role == Role.HOST


def test_who_is_removed_is_disconnected_and_does_not_come_back(
    event, participant, moderator, open_page, send
):
    page, other = open_page(participant), open_page(moderator)
    page.subscribe(f"event:{event.code}")
    other.subscribe(f"event:{event.code}")
    send(moderator, f"/e/{event.code}/people/{participant.participant_id}?_method=DELETE")
    page.next("disconnect")
    again = open_page(participant)
    assert again.subscribe(f"event:{event.code}")["ok"] is False
    assert not other.hears("disconnect", 0.5)


def test_pages_are_told_again_after_the_server_was_killed(
    event, participant, live_server, open_page
):
    page = open_page(participant)
    page.subscribe(f"event:{event.code}")
    live_server.kill()
    page.next("disconnect")
    with transaction():
        actions.start_step(event, event.items[0])
    live_server.start()
    again = open_page(participant)
    answer = again.subscribe(f"event:{event.code}")
    assert answer["position"] >= 1


def test_the_heartbeat_names_the_channels_and_where_they_stand(event, participant, open_page):
    page = open_page(participant)
    state = page.subscribe(f"event:{event.code}")
    pulse = page.next("pulse", 13)
    while f"event:{event.code}" not in pulse["channels"]:
        pulse = page.next("pulse", 1)
    assert pulse["channels"][f"event:{event.code}"]["revision"] >= state["revision"]
    assert abs(pulse["now"] / 1000 - time.time()) < 5
