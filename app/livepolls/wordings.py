"""What concerns said when somebody supported them: who supports one wording supports no other."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, delete, exists, false, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, now
from app.extensions import db
from app.livepolls.models import Concern, ConcernSupport
from app.livepolls.splits import part_text

_UNSAID = "CPZ"  # first letters of the categories of what is no word: controls, points, spaces


class ConcernWording(Base):
    """What a concern said before, which somebody had supported by then.

    A support stands for the wording that it names, or, without one, for what the concern says now.
    """

    __tablename__ = "concern_wording"

    id: Mapped[int] = mapped_column(primary_key=True)
    concern_id: Mapped[int] = mapped_column(
        ForeignKey("concern.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    written_at: Mapped[datetime]
    replaced_at: Mapped[datetime] = mapped_column(default=now)
    is_of_whole: Mapped[bool] = mapped_column(default=False, server_default=false())
    # said before the concern was split, or of what it was split from: it stands for a part of that


@dataclass(frozen=True)
class Earlier:
    """A wording of before, as it is shown: with the number of people who support that one."""

    text: str
    supports: int
    is_of_whole: bool = False  # and so says more than the concern, which was split


def earlier_wordings(concern_ids: Sequence[int]) -> Mapping[int, Sequence[Earlier]]:
    """What these concerns said before, the latest first; none is asked for where none can be."""
    found: dict[int, list[Earlier]] = defaultdict(list)
    if not concern_ids:
        return found
    rows = db.session.execute(
        select(
            ConcernWording.concern_id,
            ConcernWording.text,
            _supports_of_wording,
            ConcernWording.is_of_whole,
        )
        .where(ConcernWording.concern_id.in_(concern_ids))
        .order_by(ConcernWording.id.desc())
    )
    for concern_id, *earlier in rows:
        found[concern_id].append(Earlier(*earlier))
    return found


_supports_of_wording: Any = (
    select(func.count())
    .where(
        ConcernSupport.concern_id == ConcernWording.concern_id,
        ConcernSupport.wording_id == ConcernWording.id,
    )
    .correlate(ConcernWording)
    .scalar_subquery()
)


def reword(concern: Concern, text: str) -> None:
    """Let a concern say something else; what was supported until now stays supported as it was.

    The concern is held. Where its author comes back to an earlier wording, so do its supporters.
    """
    if not says_the_same(concern.text, text):
        _keep(concern)
        _come_back(concern, text)
    concern.text, concern.edited_at = text, now()


def forget_unread(concern: Concern, text: str) -> Sequence[int]:
    """A hidden concern is about to say something else; returns whose support goes with that.

    Nobody supports words by what others have not been shown, and what moderators have taken off
    never stands below new words: so of that all goes which it has said until now, of what only
    waits what it says now. The concern is held.
    """
    if not concern.is_hidden or text == concern.text:
        return ()
    gone = [ConcernSupport.concern_id == concern.id]
    if concern.is_waiting:
        if says_the_same(concern.text, text):
            return ()
        gone.append(_is_of_now)
    supporters = db.session.scalars(
        delete(ConcernSupport)
        .where(*gone)
        .returning(ConcernSupport.participant_id)
        .execution_options(synchronize_session=False)
    ).all()
    if not concern.is_waiting:
        forget_wordings(concern)
    return supporters


def supported_text(concern: Concern) -> str:
    """What others support of a concern: what it says now, or said before.

    Of several wordings it is the most supported one, or else the latest of those; who supported
    what it was split from supports the part that it became.
    """
    if _is_supported_now(concern):
        return concern.text
    before = db.session.execute(
        select(ConcernWording.text, ConcernWording.is_of_whole)
        .where(ConcernWording.concern_id == concern.id)
        .order_by(_supports_of_wording.desc(), ConcernWording.id.desc())
        .limit(1)
    ).first()
    if before is None:
        return concern.text
    return part_text(concern) if before.is_of_whole else str(before.text)


def leave_to_supporters(concern: Concern, text: str) -> None:
    """Let a concern whose author leaves say this; what only its author had said goes with them."""
    _forget_unsupported(concern)
    concern.text = concern.submitted_text = text
    _come_back(concern, text)


def forget_wordings(concern: Concern) -> None:
    """What was taken back has never been said."""
    db.session.execute(delete(ConcernWording).where(ConcernWording.concern_id == concern.id))


def _forget_unsupported(concern: Concern) -> None:
    unsupported = (ConcernWording.concern_id == concern.id, _supports_of_wording == 0)
    db.session.execute(
        delete(ConcernWording).where(*unsupported).execution_options(synchronize_session=False)
    )


def _keep(concern: Concern) -> None:
    """Let those who support what the concern says now go on supporting that."""
    if not _is_supported_now(concern):
        return
    wording = ConcernWording(
        concern_id=concern.id,
        text=concern.text,
        written_at=concern.edited_at or concern.created_at,
    )
    db.session.add(wording)
    db.session.flush()
    _let_support(ConcernSupport.concern_id == concern.id, _is_of_now, wording_id=wording.id)


def _come_back(concern: Concern, text: str) -> None:
    """Who supported these very words before supports what the concern says from now on."""
    kept = select(ConcernWording).where(ConcernWording.concern_id == concern.id)
    for wording in db.session.scalars(kept).all():
        if says_the_same(wording.text, text):
            _let_support(
                ConcernSupport.concern_id == concern.id,
                ConcernSupport.wording_id == wording.id,
                wording_id=None,
            )
            db.session.delete(wording)
    db.session.flush()


_is_of_now = ConcernSupport.wording_id.is_(None)


def _is_supported_now(concern: Concern) -> bool:
    supported = exists().where(ConcernSupport.concern_id == concern.id, _is_of_now)
    return bool(db.session.scalar(select(supported)))


def _let_support(*conditions: Any, wording_id: int | None) -> None:
    db.session.execute(
        update(ConcernSupport)
        .where(*conditions)
        .values(wording_id=wording_id)
        .execution_options(synchronize_session=False)
    )


def says_the_same(one: str, other: str) -> bool:
    """Whether two texts differ in capitals, spaces and points at most."""
    return _said(one) == _said(other)


def _said(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] not in _UNSAID) or text
