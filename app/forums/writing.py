"""What a piece of writing is, wherever it stands: a post, a proposal, an official answer."""

from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.database import now
from app.errors import Conflict
from app.events.cards import Hideable
from app.events.models import Participant
from app.richtext import RichText
from app.submissions import Submitted


class Writing(Submitted, Hideable):
    """Columns of what somebody writes in Markdown, signs, edits and withdraws."""

    text: Mapped[str]
    html: Mapped[str]  # made safe when it was written
    submitted_text: Mapped[str]  # as first sent, so that a late retry is known as one
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None] = mapped_column(default=None)

    @declared_attr
    def author(cls) -> Mapped[Participant | None]:  # noqa: N805
        """Who wrote it; nobody once they took their name away."""
        return relationship(Participant)

    @property
    def body(self) -> Markup:
        """The text as HTML that is safe by its making."""
        return Markup(self.html)  # noqa: S704

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author took it back."""
        return self.withdrawn_at is not None

    @property
    def is_hidden(self) -> bool:
        """Whether nobody but moderators and its author sees it; what is withdrawn nobody does."""
        return self.hidden_at is not None or self.is_withdrawn

    def edit(self, words: RichText) -> None:
        """Say it differently."""
        if self.is_withdrawn:
            raise Conflict
        self.text, self.html = words.text, words.html
        self.edited_at = now()

    def withdraw(self) -> None:
        """Take it back, and the words with it."""
        self.withdrawn_at = self.withdrawn_at or now()
        self.text = self.html = self.submitted_text = ""
