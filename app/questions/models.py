"""Questions, and who asks the same."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.events.cards import Hideable
from app.events.models import Event, Participant
from app.submissions import Submitted

LONGEST_QUESTION = 300  # characters


class Question(Base, Submitted, Hideable):
    """One question to the speakers."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    submitted_text: Mapped[str]  # as first sent, so that a late retry is known as one
    anonymous: Mapped[bool] = mapped_column(default=False)  # nobody is shown who asks
    created_at: Mapped[datetime] = mapped_column(default=now)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    dismissed_at: Mapped[datetime | None] = mapped_column(default=None)

    event: Mapped[Event] = relationship()
    participant: Mapped[Participant | None] = relationship()

    @property
    def author(self) -> Participant | None:
        """Who asks, as far as anybody may know."""
        return None if self.anonymous else self.participant

    @property
    def is_hidden(self) -> bool:
        """Whether it is off all pages; what is withdrawn is, too."""
        return self.hidden_at is not None or self.is_withdrawn

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author took it back."""
        return self.withdrawn_at is not None

    @property
    def is_answered(self) -> bool:
        """Whether a speaker has answered it."""
        return self.answered_at is not None

    @property
    def is_dismissed(self) -> bool:
        """Whether the moderators have put it aside without an answer."""
        return self.dismissed_at is not None

    @property
    def is_archived(self) -> bool:
        """Whether nobody waits for it any more."""
        return self.is_answered or self.is_dismissed

    def answer(self, answered: bool) -> None:
        """Mark it as answered, or take that back."""
        self.answered_at = (self.answered_at or now()) if answered else None
        self.dismissed_at = None

    def dismiss(self, dismissed: bool) -> None:
        """Put it aside without an answer, or take it up again."""
        self.dismissed_at = (self.dismissed_at or now()) if dismissed else None
        self.answered_at = None

    def withdraw(self) -> None:
        """Take it back, and the words with it."""
        self.withdrawn_at = self.withdrawn_at or now()
        self.text = self.submitted_text = ""


class QuestionSupport(Base):
    """Somebody asks the same: once, as the key has it."""

    __tablename__ = "question_support"

    question_id: Mapped[int] = mapped_column(
        ForeignKey("question.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
