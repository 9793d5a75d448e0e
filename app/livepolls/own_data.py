"""One person's concerns: to take along, and to delete."""

from typing import Any

from sqlalchemy import delete

from app.events.models import Participant
from app.events.own_data import OwnData
from app.extensions import db
from app.livepolls.actions import remove_author
from app.livepolls.facts import ConcernWritten
from app.livepolls.models import ConcernSupport
from app.livepolls.queries import own_cards
from app.outbox import announce


def _export(person: Participant) -> list[dict[str, Any]]:
    return [
        {
            "text": card.concern.text,
            "question": card.concern.poll.question,
            "created_at": card.concern.created_at.isoformat(),
            "supports": card.supports,
        }
        for card in own_cards(person)
    ]


def _delete(person: Participant) -> None:
    db.session.execute(delete(ConcernSupport).where(ConcernSupport.participant_id == person.id))
    for card in own_cards(person):
        remove_author(card.concern)
        announce(ConcernWritten(card.concern.poll_id, card.concern.id), person.event.channel)


part = OwnData("concerns", _export, _delete)
