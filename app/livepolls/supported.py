"""Where the concerns went that somebody supports, for these people, once the aspects are chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import contains_eager, joinedload

from app.extensions import db
from app.livepolls.models import Concern, ConcernSupport, FlashPoll
from app.livepolls.permissions import visible_to_all
from app.livepolls.splits import Whole, last_part, wholes
from app.livepolls.wordings import ConcernWording


@dataclass(frozen=True)
class Supported:
    """A concern in the words that one person has supported, or the part that it was split into."""

    concern: Concern
    text: str
    split_from: Sequence[Whole] = ()


def supported_by_person(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What these people support in polls whose aspects are chosen, as far as it is shown."""
    rows = db.session.execute(
        select(
            ConcernSupport.participant_id,
            Concern,
            ConcernWording,
        )
        .join(Concern, Concern.id == ConcernSupport.concern_id)
        .join(Concern.poll)
        .outerjoin(ConcernWording, ConcernWording.id == ConcernSupport.wording_id)
        .where(
            ConcernSupport.participant_id.in_(ids),
            FlashPoll.frozen_at.is_not(None),
            visible_to_all(),
        )
        .options(contains_eager(Concern.poll), joinedload(Concern.aspect))
        .order_by(Concern.id)
    ).all()
    before = wholes(concern.id for _person_id, concern, _wording in rows if concern.edited_at)
    found: dict[int, dict[str, Any]] = {id: {"supported": []} for id in ids}
    for person_id, concern, wording in rows:
        split_from = before.get(concern.id, ())
        supported = Supported(concern, _words(concern, wording, split_from), split_from)
        found[person_id]["supported"].append(supported)
    return found


def _words(concern: Concern, wording: ConcernWording | None, split_from: Sequence[Whole]) -> str:
    """What somebody supports: who supported the whole, the part that it became."""
    if wording is None:
        return concern.text
    return (last_part(split_from) or concern.text) if wording.is_of_whole else wording.text


def supporters_in(item_id: int) -> Sequence[int]:
    """Who supports something in the poll of an agenda item, if that has aspects to go into."""
    return _supporters(
        Concern.poll.has(and_(FlashPoll.item_id == item_id, FlashPoll.aspects.any()))
    )


def supporters_of(concern_ids: Sequence[int]) -> Sequence[int]:
    """Who supports one of these concerns, if the aspects of their poll are chosen."""
    return _supporters(
        Concern.id.in_(concern_ids), Concern.poll.has(FlashPoll.frozen_at.is_not(None))
    )


def supporters_at_any_time(concern_ids: Sequence[int]) -> Sequence[int]:
    """Who supports one of these concerns, whether their aspects are chosen or not."""
    return _supporters(Concern.id.in_(concern_ids))


def _supporters(*conditions: Any) -> Sequence[int]:
    return db.session.scalars(
        select(ConcernSupport.participant_id)
        .join(Concern, Concern.id == ConcernSupport.concern_id)
        .where(*conditions)
        .distinct()
    ).all()
