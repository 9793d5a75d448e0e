"""Presence: leases in the database, renewed for the people whose pages are connected here."""

from typing import Any

from sqlalchemy import Select, select, update

from app import clockwork, outbox
from app.database import now, transaction
from app.events import actions
from app.events.facts import ParticipantLeft
from app.events.identity import people_here
from app.events.models import LEASE, Event, Participant
from app.events.subscriptions import personal_audience
from app.realtime.audiences import Audience, View
from app.realtime.sockets import disconnected, enter, is_connected, subscribed

_connected: dict[str, set[int]] = {}  # participants by connection


@subscribed.connect
def _came(audience: Audience, sid: str) -> None:
    """Whatever somebody hears, they hear what is theirs too: by that they can be shut out again."""
    if audience.view is View.PERSON:
        return
    for person in people_here():
        enter(personal_audience(person))
        if audience.view is not View.SCREEN and is_connected(sid):
            _connected.setdefault(sid, set()).add(person.id)
            note(person)


@disconnected.connect
def _went(_sender: object, sid: str) -> None:
    _connected.pop(sid, None)


def note(person: Participant) -> bool:
    """Somebody is here: begin their lease if it had run out, and say whether it had."""
    if person.is_present or person.event.is_template:
        return False
    with transaction():
        actions.arrive(person.id)
    return True


@clockwork.every(15)
def renew_leases() -> None:
    """Keep everybody present whose page is connected to this process: one statement.

    Whoever was given up in the meantime, because this process stood still, arrives anew.
    """
    here = set().union(*_connected.values())
    if not here:
        return
    connected = (Participant.id.in_(here), Participant.removed_at.is_(None))
    with transaction() as session:
        session.execute(
            update(Participant)
            .where(*connected, Participant.present_until.is_not(None))
            .values(present_until=now() + LEASE)
        )
        given_up = select(Participant.id).where(*connected, Participant.present_until.is_(None))
        for participant_id in session.scalars(given_up).all():
            actions.arrive(participant_id)


def whose_lease_ran_out(moment: Any) -> Select[int]:
    """Those who were present, and whose page has not been heard of for long."""
    return select(Participant.id).where(Participant.present_until <= moment)


@clockwork.every(5, if_any=whose_lease_ran_out)
def end_leases() -> None:
    """Say once of everybody whose lease has run out that they have left."""
    with transaction() as session:
        gone = session.execute(
            update(Participant)
            .where(Participant.present_until <= now())
            .values(present_until=None)
            .returning(Participant.id, Participant.event_id)
        ).all()
        for participant_id, event_id in gone:
            event = session.get_one(Event, event_id)
            outbox.announce(ParticipantLeft(event_id, participant_id), event.channel)
