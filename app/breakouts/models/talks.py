"""What others say to a contribution, and what it said before."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.breakouts.models.texts import Contribution
from app.database import Base
from app.events.models import Participant
from app.forums.models import Thread
from app.forums.versions import Version
from app.reactions.models import Reaction

CONTRIBUTION = "contribution"  # the subject of threads that are about one


class ContributionThread(Base):
    """The replies to a contribution: there is a thread once somebody has opened its page."""

    __tablename__ = "contribution_thread"

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey(Contribution.id, ondelete="CASCADE"), primary_key=True
    )
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id, ondelete="CASCADE"), unique=True)


class ContributionReaction(Base):
    """What somebody in an event has said to another's contribution with one tap."""

    __tablename__ = "contribution_reaction"

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey(Contribution.id, ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey(Participant.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[Reaction] = mapped_column(primary_key=True)


class ContributionVersion(Base, Version):
    """An earlier wording of a contribution."""

    __tablename__ = "contribution_version"

    contribution_id: Mapped[int] = mapped_column(
        ForeignKey(Contribution.id, ondelete="CASCADE"), index=True
    )
