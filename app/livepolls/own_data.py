"""One person's concerns: to take along, and to delete."""

from typing import Any

from sqlalchemy import delete, select

from app.events.models import Participant
from app.events.own_data import OwnData
from app.extensions import db
from app.livepolls.actions import remove_author
from app.livepolls.facts import ConcernSupported
from app.livepolls.models import Concern, ConcernSupport
from app.livepolls.queries import own_cards_by_person
from app.livepolls.telling import tell_written
from app.livepolls.vectors import forget_vectors
from app.outbox import announce


def _export(person: Participant) -> list[dict[str, Any]]:
    return [
        {
            "text": card.concern.text,
            "question": card.concern.poll.question,
            "created_at": card.concern.created_at.isoformat(),
            "supports": card.supports,
            "earlier": [{"text": w.text, "supports": w.supports} for w in card.earlier],
            "split_from": [whole.text for whole in card.split_from if whole.text],
        }
        for card in own_cards_by_person([person.id])[person.id]["own"]
    ]


def _delete(person: Participant) -> None:
    _take_supports_back(person)
    for concern in db.session.scalars(select(Concern).where(Concern.participant_id == person.id)):
        if concern.withdrawn_at is None:
            remove_author(concern)
            tell_written(concern)
        if concern.withdrawn_at is not None:
            forget_vectors(concern.id)
            concern.text = concern.submitted_text = ""


def _take_supports_back(person: Participant) -> None:
    supported = db.session.execute(
        select(Concern.poll_id, Concern.id)
        .join(ConcernSupport, ConcernSupport.concern_id == Concern.id)
        .where(ConcernSupport.participant_id == person.id)
    ).all()
    db.session.execute(delete(ConcernSupport).where(ConcernSupport.participant_id == person.id))
    for poll_id, concern_id in supported:
        announce(ConcernSupported(poll_id, concern_id), person.event.channel)


part = OwnData("concerns", _export, _delete)
