from datetime import timedelta

import pytest

from app.database import now, transaction
from app.events import actions, presence
from app.events.facts import ParticipantArrived, ParticipantLeft
from app.events.models import LEASE
from app.events.queries import head_count, present_people
from app.realtime import Audience, View
from tests.factories import look_again
from tests.together import together


@pytest.fixture
def connected(monkeypatch):
    """Pretend that these people's pages are connected to this process."""

    def connect(*visitors):
        monkeypatch.setattr(
            presence,
            "_connected",
            {f"sid {v.participant_id}": {v.participant_id} for v in visitors},
        )

    return connect


def set_lease(visitor, seconds):
    with transaction():
        visitor.person.present_until = now() + timedelta(seconds=seconds)


def test_present_means_a_lease_that_has_not_run_out(event, participant):
    assert participant.person.is_present
    set_lease(participant, 0.5)
    assert head_count(event.id) == {"joined": 1, "present": 1}
    set_lease(participant, -0.5)
    look_again()
    assert not participant.person.is_present
    assert head_count(event.id) == {"joined": 1, "present": 0}
    assert list(present_people(event.id)) == []


def test_leases_of_connected_pages_are_renewed_for_45_seconds(event, participant, join, connected):
    other = join(event)
    for visitor in (participant, other):
        set_lease(visitor, 5)
    connected(participant)
    presence.renew_leases()
    look_again()
    left = participant.person.present_until - now()
    assert timedelta(seconds=43) < left <= LEASE
    assert other.person.present_until - now() < timedelta(seconds=6)


def test_leases_are_renewed_often_enough(app):
    """Twice within a lease, so that one late renewal makes nobody absent."""
    from app.clockwork import _chores

    chore = next(c for c in _chores if c.do is presence.renew_leases)
    assert chore.seconds * 2 < LEASE.total_seconds()


def test_renewing_is_no_news(event, participant, connected, announced):
    connected(participant)
    before = announced(event.channel)
    presence.renew_leases()
    assert announced(event.channel) == before


def test_who_was_given_up_while_connected_arrives_anew(event, participant, connected, announced):
    set_lease(participant, -1)
    presence.end_leases()
    connected(participant)
    presence.renew_leases()
    look_again()
    assert participant.person.is_present
    assert announced(event.channel)[-1] == ParticipantArrived(event.id, participant.participant_id)


def test_who_was_removed_is_not_made_present_again(event, participant, connected):
    connected(participant)
    with transaction():
        actions.remove_person(participant.person)
    presence.renew_leases()
    look_again()
    assert not participant.person.is_present


def test_that_somebody_left_is_said_once(event, participant, join, announced, hear):
    other, cockpit = join(event), hear(event, View.COCKPIT)
    set_lease(participant, -1)
    presence.end_leases()
    presence.end_leases()
    left = [f for f in announced(event.channel) if isinstance(f, ParticipantLeft)]
    assert left == [ParticipantLeft(event.id, participant.participant_id)]
    look_again()
    assert participant.person.present_until is None
    assert other.person.is_present
    assert f'id="person-{participant.participant_id}"' in cockpit.html
    assert 'id="head-count"' in cockpit.html


def test_that_somebody_left_is_said_once_however_many_processes_look(
    app, event, participant, announced
):
    set_lease(participant, -1)
    assert together(app, *[presence.end_leases] * 4) == [None] * 4
    assert len([f for f in announced(event.channel) if isinstance(f, ParticipantLeft)]) == 1


def test_coming_back_is_said_and_staying_is_not(event, participant, announced):
    before = announced(event.channel)
    participant.get(f"/e/{event.code}")
    assert announced(event.channel) == before
    set_lease(participant, -1)
    participant.get(f"/e/{event.code}")
    fact = ParticipantArrived(event.id, participant.participant_id)
    assert announced(event.channel)[len(before) :] == [fact]
    assert fact in announced(participant.person.channel)


def test_arriving_twice_at_once_is_arriving_once(app, event, participant, announced):
    set_lease(participant, -1)
    before, id = announced(event.channel), participant.participant_id

    def arrive():
        with transaction():
            actions.arrive(id)

    assert together(app, *[arrive] * 4) == [None] * 4
    assert len(announced(event.channel)) == len(before) + 1


@pytest.mark.parametrize("stays", [True, False])
def test_a_page_that_goes_while_it_subscribes_keeps_nobody_present(
    event, participant, connected, monkeypatch, stays
):
    connected()
    monkeypatch.setattr(presence, "enter", lambda _audience: None)
    monkeypatch.setattr(presence, "personal_audience", lambda _person: None)
    monkeypatch.setattr(presence, "people_here", lambda: [participant.person])
    monkeypatch.setattr(presence, "is_connected", lambda _sid: stays)
    presence._came(Audience(event.channel, event.channel, View.HALL, "en"), "sid")
    assert presence._connected == ({"sid": {participant.participant_id}} if stays else {})
