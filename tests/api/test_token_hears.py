"""A program that has joined hears the event as a page does, against the real server."""

import pytest
import requests
from socketio.exceptions import ConnectionError as Refusal

from app.database import transaction
from app.events import actions
from app.events.models import Participant
from app.extensions import db
from tests.sockets import Page

pytestmark = pytest.mark.socket


@pytest.fixture
def database():
    return "sqlite"


@pytest.fixture
def join_by_program(live_server, event):
    """Join the event on the live server: the participant's id, and a page with the token."""
    pages = []

    def enter(name):
        url = f"{live_server.url}/api/v1/events/{event.code}/participants"
        joined = requests.post(url, json={"name": name}, timeout=10).json()
        pages.append(Page(live_server, token=joined["token"]))
        return joined, pages[-1]

    yield enter
    for page in pages:
        page.close()


def test_what_is_said_by_program_is_heard_by_program(live_server, event, join_by_program):
    ada, _page = join_by_program("Ada")
    _bob, page = join_by_program("Bob")
    assert page.subscribe(f"event:{event.code}")["ok"]
    assert not page.subscribe(f"cockpit:{event.code}")["ok"]
    url = f"{live_server.url}/api/v1/events/{event.code}/questions"
    bearer = {"Authorization": f"Bearer {ada['token']}"}
    question = {"text": "When does it start?", "key": "1"}
    assert requests.post(url, json=question, headers=bearer, timeout=10).status_code == 201
    assert "When does it start?" in page.next("change")["html"]


def test_who_is_removed_hears_no_more(event, join_by_program, live_server):
    ada, page = join_by_program("Ada")
    page.subscribe(f"event:{event.code}")
    with transaction():
        actions.remove_person(db.session.get_one(Participant, ada["participant_id"]))
    page.next("disconnect")
    with pytest.raises(Refusal):
        Page(live_server, token=ada["token"])
