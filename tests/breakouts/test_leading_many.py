"""Those who lead a hall of people ask the database no more often than those who lead a few."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from app.breakouts import queries
from app.breakouts.timekeeping import place_strays
from app.database import now, transaction
from app.events import actions as event_actions
from app.events.models import Event, Participant
from app.extensions import db
from tests.breakouts.rounds import item, start

PAGES = {
    "places": "/rounds/{manual}/places",
    "preview of what is prepared": "/rounds/{manual}/preview",
    "preview": "/rounds/{planned}/preview",
    "who is where": "/rounds/{opened}/placements",
    "attendance": "/e/{code}/attendance",
    "attendance as a table": "/e/{code}/attendance?format=csv",
    "rebalancing": "/rounds/{opened}/balance",
    "plan of rounds": "/e/{code}/rounds",
    "cockpit": "/e/{code}/cockpit",
}


@pytest.fixture
def asked(event, moderator, municipality, statements):
    """How often the database is asked for each page, when so many more people are there."""
    event_id, towns = event.id, [municipality(f"Town {number}").id for number in range(4)]

    def look(more):
        with transaction() as session:
            session.execute(insert(Participant), [_person(event_id, town) for town in towns * more])
        event = db.session.get_one(Event, event_id)
        start(event, "Round 1")
        place_strays()
        rounds = {"opened": "Round 1", "planned": "Round 3", "manual": "Round 4"}
        ids = {name: queries.round_of(item(event, title)).id for name, title in rounds.items()}
        code = event.code
        return {name: _asked(path.format(**ids, code=code)) for name, path in PAGES.items()}

    def _asked(path):
        db.session.rollback()
        db.session.expunge_all()
        statements.clear()
        assert moderator.get(path).status_code == 200
        return len(statements)

    return look


def _person(event_id, town):
    return {
        "event_id": event_id,
        "name": "Guest",
        "language": "en",
        "role": "participant",
        "municipality_id": town,
        "present_until": now() + timedelta(hours=1),
    }


@pytest.fixture
def event(event):
    """With one more round, in which moderators say who is where."""
    with transaction():
        event_actions.add_item(
            event, kind="breakout", title="Round 4", settings={"mode": "manual", "rooms": "3"}
        )
    return event


def test_pages_of_those_who_lead_ask_as_often_for_many_as_for_few(asked):
    assert asked(2) == asked(10)
