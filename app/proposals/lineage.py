"""What is written under an aspect never loses it."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from app.errors import Conflict
from app.extensions import db
from app.livepolls.facts import AspectEmptied, AspectsMerged
from app.outbox import follows
from app.proposals.models import OfficialAnswer, Proposal


@follows(AspectsMerged)
def move_along(fact: AspectsMerged) -> None:
    """Proposals and answers go where the concerns go."""
    for table in (Proposal, OfficialAnswer):
        db.session.execute(
            update(table).where(table.aspect_id == fact.other_id).values(aspect_id=fact.kept_id)
        )


@follows(AspectEmptied)
def keep(fact: AspectEmptied) -> None:
    """Refuse to let an aspect vanish under what people have written there."""
    proposal = select(Proposal.id).where(Proposal.aspect_id == fact.aspect_id)
    answer = select(OfficialAnswer.id).where(OfficialAnswer.aspect_id == fact.aspect_id)
    if db.session.scalar(select(proposal.exists() | answer.exists())):
        raise Conflict(
            _l("People have written under this aspect already. Merge it into another one instead.")
        )
