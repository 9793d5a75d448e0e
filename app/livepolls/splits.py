"""Concerns of which moderators have made two: what was said as a whole, and what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, ForeignKey, false, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from app.database import Base, now
from app.extensions import db
from app.livepolls.models import Concern

TAKEN_BACK = _l("Who voiced it has taken a part back since, or says it differently.")
GONE_ON = _l("One of the two parts was split, hidden or shown since.")


class ConcernSplit(Base):
    """A concern was split: its first part kept the row, the second one is a row of its own.

    What was taken together out of one concern, split after split, is a family: its root is that.
    """

    __tablename__ = "concern_split"

    second_id: Mapped[int] = mapped_column(
        ForeignKey("concern.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    first_id: Mapped[int] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"), index=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("concern.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]  # of the whole; empty once its author has said or taken back a part of it
    first_text: Mapped[str]
    second_text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    is_undone: Mapped[bool] = mapped_column(default=False, server_default=false())

    first: Mapped[Concern] = relationship(foreign_keys=first_id)
    second: Mapped[Concern] = relationship(foreign_keys=second_id)

    @property
    def obstacle(self) -> Any:
        """Why it can neither be undone nor, where it is, be done again; if there is a reason."""
        if not self.text or self.first.withdrawn_at is not None:
            return TAKEN_BACK
        return None if self._is_as_left else GONE_ON

    @property
    def _is_as_left(self) -> bool:
        first, second = self.first, self.second
        if self.is_undone:
            return first.text == self.text and (not first.is_hidden or first.is_unseen)
        told = (first.text, second.text) == (self.first_text, self.second_text)
        alike = first.is_unseen == second.is_unseen
        return told and alike and not any(c.is_hidden and not c.is_unseen for c in (first, second))

    @property
    def is_seen_in_part(self) -> bool:
        """Whether one of the two is hidden, or taken back."""
        return any(each.is_hidden or each.withdrawn_at for each in (self.first, self.second))

    def part_of(self, concern_id: int) -> str:
        """What one of the two became."""
        return self.first_text if concern_id == self.first_id else self.second_text


@dataclass(frozen=True)
class Whole:
    """What a concern was split from, as it is shown: without words where these are taken back."""

    text: str
    part: str  # what the concern became by that
    concerns: tuple[int, int]
    is_veiled: bool  # it holds what others do not see: only who sees that reads it
    supports: int = 0


def splits_of_poll(poll_id: int) -> Sequence[ConcernSplit]:
    """All splits of a poll, also those that were undone, the oldest first."""
    of_poll = select(Concern.id).where(Concern.poll_id == poll_id)
    return _splits(ConcernSplit.second_id.in_(of_poll))


def family_of(concern_id: int) -> Sequence[ConcernSplit]:
    """All splits, also undone ones, that have to do with what a concern was or became part of."""
    return _splits(_has_root_of([concern_id]))


def _has_root_of(ids: Iterable[int]) -> ColumnElement[bool]:
    given = list(ids)
    of_them = or_(ConcernSplit.first_id.in_(given), ConcernSplit.second_id.in_(given))
    return ConcernSplit.root_id.in_(select(ConcernSplit.root_id).where(of_them))


def _splits(*conditions: ColumnElement[bool]) -> Sequence[ConcernSplit]:
    both = (joinedload(ConcernSplit.first), joinedload(ConcernSplit.second))
    query = select(ConcernSplit).where(*conditions).options(*both)
    return db.session.scalars(query.order_by(ConcernSplit.second_id)).all()


def relatives(concern_id: int) -> list[int]:
    """A concern, and those that were split from the same one."""
    standing = [each for each in family_of(concern_id) if not each.is_undone]
    return sorted({concern_id}.union(*({each.first_id, each.second_id} for each in standing)))


def wholes(concern_ids: Iterable[int]) -> Mapping[int, Sequence[Whole]]:
    """What these concerns were split from, the oldest first."""
    ids = set(concern_ids)
    splits = _splits(_has_root_of(ids), ConcernSplit.is_undone.is_(False)) if ids else ()
    veiled = {each.root_id for each in splits if each.is_seen_in_part}
    found: defaultdict[int, list[Whole]] = defaultdict(list)
    for each in splits:
        both = (each.first_id, each.second_id)
        for id in ids.intersection(both):
            found[id].append(Whole(each.text, each.part_of(id), both, each.root_id in veiled))
    return found


def part_text(concern: Concern) -> str:
    """What a concern became when it was last split, which those support who supported the whole."""
    return last_part(wholes([concern.id])[concern.id]) or concern.text


def last_part(wholes: Sequence[Whole]) -> str:
    """What a concern became when it was last split; empty if it never was, or that is forgotten."""
    return wholes[-1].part if wholes else ""


def take_back(concern: Concern, *, gone: bool = False) -> list[Concern]:
    """Its author says a part differently, or is gone: what they have said as a whole goes with it.

    Returns the other parts, of which less is told now.
    """
    family = family_of(concern.id)
    for each in family:
        each.text = ""
        if each.is_undone:
            each.first_text = each.second_text = ""
            each.second.text = each.second.submitted_text = ""
        elif gone:
            _forget_part(each, concern.id)
    parts = {part.id: part for each in family for part in (each.first, each.second)}
    return [part for id, part in parts.items() if id != concern.id and part.withdrawn_at is None]


def _forget_part(split: ConcernSplit, concern_id: int) -> None:
    if split.first_id == concern_id:
        split.first_text = ""
    elif split.second_id == concern_id:
        split.second_text = ""
