"""Concerns as they are shown: with their counts, in their lists."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from app.events.models import Participant
from app.extensions import db
from app.livepolls.models import Concern, ConcernSupport, FlashPoll
from app.livepolls.permissions import visible_to_all
from app.livepolls.splits import Whole, wholes
from app.livepolls.wordings import Earlier, earlier_wordings


@dataclass(frozen=True)
class ConcernCard:
    """A concern as it is shown: with the number of people who said *me too*."""

    concern: Concern
    supports: int
    author: str  # for moderators
    earlier: Sequence[Earlier] = ()  # what it said before, when somebody supported that
    wholes: Sequence[Whole] = ()  # what it was split from, the oldest first

    @property
    def signed(self) -> str:
        """The name that everybody reads with it: if the poll is named, and was when it came."""
        is_named = self.concern.is_named and self.concern.poll.is_named
        return self.author if is_named else ""

    @property
    def supports_now(self) -> int:
        """How many support what it says now."""
        return self.supports - sum(each.supports for each in self.earlier)

    @property
    def supported_as(self) -> tuple[Earlier, ...]:
        """The wordings of before that somebody supports still, as far as they can be read."""
        return tuple(each for each in self.earlier if each.supports and not self._is_told(each))

    @property
    def split_from(self) -> tuple[Whole, ...]:
        """What it was split from, with the number of people who support that."""
        supports = {each.text: each.supports for each in self.earlier if each.is_of_whole}
        return tuple(replace(each, supports=supports.get(each.text, 0)) for each in self.wholes)

    def _is_told(self, earlier: Earlier) -> bool:
        """What it was split from stands there once, and not at all where that is hidden."""
        known = any(whole.is_veiled or whole.text == earlier.text for whole in self.wholes)
        return earlier.is_of_whole and known


supports_of: Any = (
    select(func.count())
    .where(ConcernSupport.concern_id == Concern.id)
    .correlate(Concern)
    .scalar_subquery()
)


def cards(*conditions: ColumnElement[bool]) -> list[ConcernCard]:
    """The concerns that meet the conditions, with their counts, oldest first: one query."""
    return _as_cards(_cards(*conditions))


def _cards(*conditions: ColumnElement[bool]) -> Select[Concern, int, str | None]:
    return (
        select(Concern, supports_of, Participant.name)
        .outerjoin(Participant, Participant.id == Concern.participant_id)
        .where(*conditions)
        .order_by(Concern.id)
    )


def _as_cards(query: Select[Concern, int, str | None]) -> list[ConcernCard]:
    rows = db.session.execute(query).all()
    changed = [concern.id for concern, _n, _name in rows if concern.edited_at]
    earlier, before = earlier_wordings(changed), wholes(changed)
    return [
        ConcernCard(concern, n, name or "", earlier.get(concern.id, ()), before.get(concern.id, ()))
        for concern, n, name in rows
    ]


def cards_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These concerns as contexts of their cards, withdrawn ones left out."""
    found = cards(Concern.id.in_(ids), Concern.withdrawn_at.is_(None))
    return {card.concern.id: card_context(card, card.concern.poll) for card in found}


def card_context(card: ConcernCard, poll: FlashPoll) -> dict[str, Any]:
    """A concern with the lists it lies in: one of the board's, and one of the hall's."""
    concern = card.concern
    return {
        "card": card,
        "poll": poll,
        "poll_id": poll.id,
        "board_list": _board_list(concern, poll),
        "hall_list": _hall_list(concern, poll),
    }


def _board_list(concern: Concern, poll: FlashPoll) -> str:
    if concern.is_waiting:
        return f"waiting-{poll.id}"
    if concern.is_aside:
        return f"aside-{poll.id}"
    if concern.aspect_id is not None:
        return f"aspect-cards-{concern.aspect_id}"
    return f"late-{poll.id}" if concern.is_late(poll) else f"loose-{poll.id}"


def _hall_list(concern: Concern, poll: FlashPoll) -> str:
    if not poll.is_frozen:
        return f"concerns-{poll.id}"
    return f"further-{poll.id}" if concern.aspect_id is None else f"gathered-{concern.aspect_id}"


def hall_cards(poll: FlashPoll) -> list[ConcernCard]:
    """The concerns of a poll that everybody may see."""
    return cards(Concern.poll_id == poll.id, visible_to_all())


def newest_concerns(event_id: int, most: int) -> Sequence[Concern]:
    """The newest concerns of an event's polls that everybody may see."""
    return db.session.scalars(
        select(Concern)
        .join(FlashPoll, FlashPoll.id == Concern.poll_id)
        .where(FlashPoll.event_id == event_id, visible_to_all())
        .order_by(Concern.id.desc())
        .limit(most)
    ).all()


def own_cards_by_person(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What these people have voiced, as contexts of what each sees of it: one query."""
    query = _cards(Concern.participant_id.in_(ids), Concern.withdrawn_at.is_(None))
    found: dict[int, dict[str, Any]] = {id: {"own": []} for id in ids}
    for card in _as_cards(query.options(joinedload(Concern.poll), joinedload(Concern.aspect))):
        found[card.concern.participant_id or 0]["own"].append(card)
    return found


def loose_cards(shown: Sequence[ConcernCard]) -> list[ConcernCard]:
    """Those of the shown concerns that are in no aspect."""
    return [card for card in shown if card.concern.aspect_id is None]
