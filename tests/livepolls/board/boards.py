"""A board as tests see it: what lies where, and the gestures of one moderator."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.database import transaction
from app.extensions import db
from app.livepolls.board import queries
from app.livepolls.board.models import BoardAction, Suggestion
from app.livepolls.models import Aspect, Concern, FlashPoll
from tests.browsers import Visitor
from tests.factories import look_again


@dataclass
class Table:
    """The board of a poll, under the hands of one moderator."""

    poll_id: int
    who: Visitor

    def by(self, other: Visitor) -> "Table":
        """The same board under another's hands."""
        return Table(self.poll_id, other)

    # What is done

    def send(self, method: str, url: str, **form: Any) -> Any:
        """Any gesture."""
        return self.who.browser.open(url, method=method, data=form)

    def gather(self, title: str, *concerns: Concern) -> Aspect:
        """Make an aspect of concerns."""
        form = {"title": title, "concern": [c.id for c in concerns]}
        answer = self.send("POST", f"/polls/{self.poll_id}/aspects", **form)
        assert answer.status_code == 303, answer.text
        return self.aspect(title)

    def move(self, concern: Concern, aspect: Aspect | None, seen: str = "") -> Any:
        """Put a concern into an aspect, or none."""
        url = f"/aspects/{aspect.id}/concerns" if aspect else f"/polls/{self.poll_id}/loose"
        return self.send("POST", url, concern=f"{concern.id}{seen}")

    def undo(self) -> Any:
        """Undo one's own last gesture."""
        return self.send("POST", f"/polls/{self.poll_id}/undoing")

    def redo(self) -> Any:
        """Do it again."""
        return self.send("DELETE", f"/polls/{self.poll_id}/undoing")

    def freeze(self) -> None:
        """Close the poll and choose the aspects."""
        self.send("POST", f"/polls/{self.poll_id}/closure")
        assert self.send("POST", f"/polls/{self.poll_id}/choice").status_code == 303

    # What lies where

    @property
    def poll(self) -> FlashPoll:
        """The poll as it is now."""
        look_again()
        return db.session.get_one(FlashPoll, self.poll_id)

    @property
    def board(self) -> queries.Board:
        """The board as it is now."""
        return queries.board(self.poll)

    @property
    def aspects(self) -> dict[str, list[str]]:
        """The titles, with the concerns below them."""
        return {c.aspect.title: [k.concern.text for k in c.cards] for c in self.board.aspects}

    @property
    def loose(self) -> list[str]:
        """What is in no aspect."""
        return [card.concern.text for card in self.board.loose]

    @property
    def actions(self) -> list[BoardAction]:
        """All gestures, the oldest first."""
        look_again()
        query = select(BoardAction).where(BoardAction.poll_id == self.poll_id)
        return list(db.session.scalars(query.order_by(BoardAction.id)))

    def aspect(self, title: str) -> Aspect:
        """The aspect of this title."""
        return next(aspect for aspect in self.poll.aspects if aspect.title == title)


def suggestion(
    poll: FlashPoll, *concerns: Concern, title: str = "Alike", aspect_id: int | None = None
) -> int:
    """A suggested group, as the grouping would have made it."""
    with transaction() as session:
        made = Suggestion(
            poll_id=poll.id,
            aspect_id=aspect_id,
            title=title,
            certainty=0.9,
            concern_ids=[concern.id for concern in concerns],
        )
        session.add(made)
        session.flush()
        return made.id
