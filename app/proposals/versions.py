"""What proposals and official answers said before they were edited."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.commitments import State
from app.database import Base
from app.extensions import db
from app.forums.versions import Version
from app.proposals.models import OfficialAnswer, Proposal


class ProposalVersion(Base, Version):
    """An earlier wording of a proposal."""

    __tablename__ = "proposal_version"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), index=True
    )


class AnswerVersion(Base, Version):
    """An earlier wording of an official answer, and what it committed itself to then."""

    __tablename__ = "answer_version"

    answer_id: Mapped[int] = mapped_column(
        ForeignKey("official_answer.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[State | None]
    why: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")  # for which it was said then


def keep_proposal(proposal: Proposal) -> None:
    """Keep what the proposal says now, before it is said differently."""
    written_at = proposal.edited_at or proposal.created_at
    db.session.add(
        ProposalVersion(proposal_id=proposal.id, text=proposal.text, written_at=written_at)
    )


def keep_answer(answer: OfficialAnswer) -> None:
    """Keep what the answer says and commits itself to now, before that changes."""
    db.session.add(
        AnswerVersion(
            answer_id=answer.id,
            text=answer.text,
            written_at=answer.stands_since,
            state=answer.state,
            why=answer.why,
            organisation=answer.organisation,
        )
    )


def forget_wordings(writing: Proposal | OfficialAnswer) -> None:
    """What was taken back has never been said."""
    if isinstance(writing, Proposal):
        earlier = delete(ProposalVersion).where(ProposalVersion.proposal_id == writing.id)
    else:
        earlier = delete(AnswerVersion).where(AnswerVersion.answer_id == writing.id)
    db.session.execute(earlier)


def earlier_wordings(
    writing: Proposal | OfficialAnswer,
) -> Sequence[ProposalVersion] | Sequence[AnswerVersion]:
    """What it said before, the latest first."""
    if isinstance(writing, Proposal):
        said = select(ProposalVersion).where(ProposalVersion.proposal_id == writing.id)
        return db.session.scalars(said.order_by(ProposalVersion.id.desc())).all()
    answered = select(AnswerVersion).where(AnswerVersion.answer_id == writing.id)
    return db.session.scalars(answered.order_by(AnswerVersion.id.desc())).all()
