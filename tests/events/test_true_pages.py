"""A page shows one moment: the position that it names is that of all that stands on it."""

import re
import threading

import pytest

from app import outbox
from app.database import transaction
from app.events import actions
from app.events.models import AgendaItem, Event
from app.extensions import db
from tests.factories import item_of_kind


@pytest.fixture
def step_starts_meanwhile(app, event, monkeypatch):
    """Start the poll at the very moment at which the next page asks for its position."""
    id, item_id = event.id, item_of_kind(event, "poll").id
    real = outbox.position

    def start():
        with app.app_context(), transaction() as session:
            item = session.get_one(AgendaItem, item_id)
            actions.start_step(session.get_one(Event, id), item)

    def position(channel):
        if channel.startswith("event:"):
            monkeypatch.setattr(outbox, "position", real)
            thread = threading.Thread(target=start)
            thread.start()
            thread.join(10)
        return real(channel)

    monkeypatch.setattr(outbox, "position", position)


@pytest.mark.parametrize("page", ["", "/cockpit"])
@pytest.mark.parametrize("arrives", [True, False])
def test_a_page_never_claims_to_be_newer_than_what_it_shows(
    event, moderator, step_starts_meanwhile, page, arrives
):
    if arrives:
        with transaction():
            moderator.person.present_until = None
    text = moderator.get(f"/e/{event.code}{page}").text
    db.session.rollback()
    claimed = int(re.search(r'data-channel="(?:event|cockpit):\w+" data-position="(\d+)"', text)[1])
    assert event.current_item is not None
    is_shown = "What do you want advice on?" in text
    assert is_shown or claimed < outbox.position(event.channel)
