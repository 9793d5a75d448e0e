"""The newest proposals and official answers, as a remote offers them to be shown."""

from collections.abc import Sequence

from sqlalchemy import select

from app.extensions import db
from app.livepolls.models import Aspect
from app.proposals.models import OfficialAnswer, Proposal
from app.proposals.permissions import visible_to_all


def newest_proposals(event_id: int, most: int) -> Sequence[Proposal]:
    """The newest proposals that stand by themselves, and that everybody sees."""
    here = Proposal.aspect.has(Aspect.poll.has(event_id=event_id))
    return db.session.scalars(
        select(Proposal)
        .where(here, visible_to_all(), Proposal.within_id.is_(None))
        .order_by(Proposal.id.desc())
        .limit(most)
    ).all()


def newest_answers(event_id: int, most: int) -> Sequence[OfficialAnswer]:
    """The newest official answers that are shown."""
    return db.session.scalars(
        select(OfficialAnswer)
        .where(OfficialAnswer.event_id == event_id, OfficialAnswer.shown())
        .order_by(OfficialAnswer.id.desc())
        .limit(most)
    ).all()
