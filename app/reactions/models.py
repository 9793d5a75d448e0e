"""The table of reactions."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Account
from app.database import Base
from app.errors import NotFound
from app.forums.models import Post


class Reaction(StrEnum):
    """What can be said to a post with one tap."""

    AGREE = "agree"
    THANKS = "thanks"
    HELPFUL = "helpful"

    @classmethod
    def called(cls, kind: str) -> "Reaction":
        """The one of this name; raises `NotFound`."""
        if kind not in set(cls):
            raise NotFound
        return cls(kind)


WORDS = {
    Reaction.AGREE: _l("Agree"),
    Reaction.THANKS: _l("Thanks"),
    Reaction.HELPFUL: _l("Helpful"),
}

ICONS = {Reaction.AGREE: "support", Reaction.THANKS: "thanks", Reaction.HELPFUL: "highlight"}


class PostReaction(Base):
    """What somebody has said to another's post."""

    __tablename__ = "post_reaction"

    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id, ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[Reaction] = mapped_column(primary_key=True)


class ProposalReaction(Base):
    """What somebody in an event has said to another's proposal."""

    __tablename__ = "proposal_reaction"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    kind: Mapped[Reaction] = mapped_column(primary_key=True)
