"""What moderators read before everybody does: until they publish it, it is hidden and waits."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column

from app.database import now
from app.events.cards import Hideable


class Moderated(Hideable):
    """Columns of what may have to wait; whatever leaves out what is hidden leaves it out, too."""

    waits_since: Mapped[datetime | None] = mapped_column(default=None)
    is_unseen: Mapped[bool] = mapped_column(default=False, server_default=false())

    if TYPE_CHECKING:
        edited_at: Mapped[datetime | None]

    @property
    def is_waiting(self) -> bool:
        """Whether only its author and the moderators see it, until one of these publishes it."""
        return self.waits_since is not None

    @property
    def edition(self) -> str:
        """Which of its wordings it has now: who publishes it is to have read that one."""
        return str(int(self.edited_at.timestamp() * 1_000_000)) if self.edited_at else ""

    def wait(self) -> None:
        """Let moderators read it first."""
        self.hidden_at = self.waits_since = now()

    def hide(self, hidden: bool) -> None:
        """Take it off all pages, or bring it there: either way it waits no longer."""
        super().hide(hidden)
        self.waits_since = None
        self.is_unseen = self.is_unseen and hidden
