"""What a forum hands in, and what rooms and forums ask of the centre, with the answers."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.breakouts.models import Report
from app.commitments import State
from app.database import Base, now
from app.errors import Conflict
from app.forums.models import Forum
from app.richtext import RichText

LONGEST_PART = 4000  # characters
LONGEST_ANSWER = 4000
PARTS = ("discussed", "request", "ideas")


class ForumReport(Base):
    """What a topic forum hands in: what was discussed, what it asks of the centre, and ideas."""

    __tablename__ = "forum_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), unique=True)
    discussed: Mapped[str] = mapped_column(default="")
    request: Mapped[str] = mapped_column(default="")
    ideas: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )

    forum: Mapped[Forum] = relationship()
    changed_by: Mapped[Account | None] = relationship()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it."""
        return not (self.discussed or self.request or self.ideas)

    def require_version(self, version: int) -> None:
        """Raise if somebody has changed it since this version."""
        if self.version != version:
            raise Conflict(_l("Somebody has changed the report in the meantime."))


class Reporter(Base):
    """A member who may write the forum's report; coordinators may in any case."""

    __tablename__ = "reporter"

    forum_id: Mapped[int] = mapped_column(
        ForeignKey("forum.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Request(Base):
    """What a room of an event, or a forum, asks of the centre; its text follows the report."""

    __tablename__ = "request"
    __table_args__ = (
        CheckConstraint("(report_id IS NULL) <> (forum_id IS NULL)", name="one_source"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int | None] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), unique=True
    )
    forum_id: Mapped[int | None] = mapped_column(
        ForeignKey("forum.id", ondelete="CASCADE"), unique=True
    )
    text: Mapped[str]  # empty where nothing is asked any more
    asked_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[State] = mapped_column(default=State.OPEN)
    why: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime] = mapped_column(default=now)

    report: Mapped[Report | None] = relationship()
    forum: Mapped[Forum | None] = relationship()

    @property
    def space_id(self) -> int | None:
        """The space that its event or its forum belongs to; events may be without one."""
        if self.forum is not None:
            return self.forum.space_id
        assert self.report is not None
        return self.report.room.round.event.space_id

    def ask(self, text: str) -> None:
        """It says something else now, perhaps nothing any more."""
        if text != self.text:
            self.text, self.asked_at = text, now()

    def set_state(self, state: State, why: str = "") -> None:
        """It stands somewhere else now."""
        self.state, self.why, self.changed_at = state, why, now()

    def reckon(self, is_answered: bool) -> None:
        """With its first answer it is answered; without any it is open again, if it is not done."""
        if is_answered and self.state == State.OPEN:
            self.set_state(State.ANSWERED)
        elif not is_answered and self.state not in (State.OPEN, State.DONE):
            self.set_state(State.OPEN)


class RequestAnswer(Base):
    """What the centre answers officially."""

    __tablename__ = "request_answer"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("request.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    key: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]  # made safe when it was written
    submitted_text: Mapped[str]  # as first sent, so that a late retry is known as one
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    request: Mapped[Request] = relationship()
    account: Mapped[Account | None] = relationship()

    @property
    def body(self) -> Markup:
        """The text as HTML that is safe by its making."""
        return Markup(self.html)  # noqa: S704

    def edit(self, words: RichText) -> None:
        """Answer differently."""
        self.require_there()
        self.text, self.html, self.edited_at = words.text, words.html, now()

    def withdraw(self) -> None:
        """Take it back, and the words with it."""
        self.require_there()
        self.withdrawn_at = now()
        self.text = self.html = self.submitted_text = ""

    def require_there(self) -> None:
        """Raise if it was withdrawn."""
        if self.withdrawn_at is not None:
            raise Conflict
