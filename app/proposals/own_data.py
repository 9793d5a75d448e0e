"""One person's proposals and official answers: to take along, and to delete."""

from typing import Any

from app.events.models import Participant
from app.events.own_data import OwnData
from app.proposals import actions, queries


def _export(person: Participant) -> dict[str, Any]:
    return {
        "written": [
            {"text": p.text, "aspect": p.aspect.title, "created_at": p.created_at.isoformat()}
            for p in queries.own_proposals(person)
        ],
        "supported": len(queries.supported_by(person)),
        "official_answers": [
            {"text": a.text, "created_at": a.created_at.isoformat()}
            for a in queries.own_answers(person)
        ],
    }


def _delete(person: Participant) -> None:
    actions.remove_all(person)
    actions.unsign_answers(person)


part = OwnData("proposals", _export, _delete)
