"""Spaces and who is in them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, now
from app.municipalities.models import Municipality
from app.permissions import SpaceRole

INVITATION_LASTS = timedelta(days=14)


class SpaceKind(StrEnum):
    """What a space is in the programme."""

    PROGRAMME = "programme"
    CLUSTER = "cluster"
    STEERING = "steering"
    IMPLEMENTATION = "implementation"
    FREE = "free"


class Joining(StrEnum):
    """How somebody comes into a space, beside being invited."""

    INVITED = "invited"  # in no other way
    REQUEST = "request"  # by asking the coordinators
    OPEN = "open"  # at once, for those who may read the space


class Space(Base):
    """A group of people with forums and events; its tree begins with a programme or a free one.

    A private space is read by its people alone. Any other is read by everybody who has a
    membership somewhere in the same tree.
    """

    __tablename__ = "space"
    __table_args__ = (Index(None, "root_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"), index=True)
    root_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"))  # itself for the top
    kind: Mapped[SpaceKind]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    is_private: Mapped[bool] = mapped_column(default=True)
    allows_readers: Mapped[bool] = mapped_column(default=False)
    joining: Mapped[Joining] = mapped_column(default=Joining.REQUEST)
    request_key: Mapped[str | None]  # of the link by which outsiders find and ask a private one
    accent: Mapped[str] = mapped_column(default="")  # a name of `accents.ACCENTS`; set at the top
    created_at: Mapped[datetime] = mapped_column(default=now)
    archived_at: Mapped[datetime | None]

    parent: Mapped["Space | None"] = relationship(remote_side=id, foreign_keys=parent_id)

    @property
    def space_id(self) -> int:
        """A space is in itself, so that permissions ask every thing alike."""
        return self.id

    @property
    def channel(self) -> str:
        """Where the facts of this space are announced."""
        return f"space:{self.id}"


class Membership(Base):
    """A person in a space, with a role; whoever leaves has none any more."""

    __tablename__ = "membership"

    space_id: Mapped[int] = mapped_column(
        ForeignKey("space.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[SpaceRole] = mapped_column(default=SpaceRole.MEMBER)
    joined_at: Mapped[datetime] = mapped_column(default=now)
    let_self_in: Mapped[bool] = mapped_column(default=False)  # an admin, whom nobody asked in
    read_floor: Mapped[int] = mapped_column(default=0)  # posts up to this one are not new to them

    space: Mapped[Space] = relationship()
    account: Mapped[Account] = relationship()


class Invitation(Base):
    """Somebody is asked into one or more spaces by mail; their link works until it is answered.

    Without a mail address the person is known by name only, and is written to once there is one.
    An answered one is kept a while, so that its link still leads to the space.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("space_id", "email"), Index(None, "sent_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    inviter_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    email: Mapped[str | None]
    name: Mapped[str] = mapped_column(default="")
    function: Mapped[str] = mapped_column(default="")
    municipality_id: Mapped[int | None] = mapped_column(
        ForeignKey("municipality.id", ondelete="SET NULL")
    )
    language: Mapped[str] = mapped_column(default="de")
    secret_hash: Mapped[str | None] = mapped_column(unique=True)  # of the link of the last letter
    made_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]

    space: Mapped[Space] = relationship()
    municipality: Mapped[Municipality | None] = relationship()
    places: Mapped[list["InvitationPlace"]] = relationship(
        order_by="InvitationPlace.space_id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_open(self) -> bool:
        """Whether its link can still be used."""
        return self.accepted_at is None and self.sent_at is not None and not self.is_late

    @property
    def is_late(self) -> bool:
        """Whether nobody has answered in time."""
        return self.sent_at is not None and now() - self.sent_at > INVITATION_LASTS


class InvitationPlace(Base):
    """One of the spaces that an invitation is for, and as what."""

    __tablename__ = "invitation_place"

    invitation_id: Mapped[int] = mapped_column(
        ForeignKey("invitation.id", ondelete="CASCADE"), primary_key=True
    )
    space_id: Mapped[int] = mapped_column(
        ForeignKey("space.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[SpaceRole] = mapped_column(default=SpaceRole.MEMBER)

    space: Mapped[Space] = relationship()


class JoinRequest(Base):
    """Somebody asks to be let in; it goes when a coordinator has answered."""

    __tablename__ = "join_request"

    space_id: Mapped[int] = mapped_column(
        ForeignKey("space.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    words: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=now)

    space: Mapped[Space] = relationship()
    account: Mapped[Account] = relationship()


@dataclass(frozen=True)
class Member:
    """Somebody in a space as permissions see them: with a membership, or only reading."""

    account: Account
    space_id: int
    role: SpaceRole

    @property
    def account_id(self) -> int:
        """Whose account it is."""
        return self.account.id

    @property
    def language(self) -> str:
        """The language that they have chosen for themselves."""
        return self.account.language

    @property
    def channel(self) -> str:
        """Where facts for this one person are announced."""
        return self.account.channel

    @property
    def signature(self) -> dict[str, int]:
        """The column, and its value, of what they have written."""
        return {"account_id": self.account.id}

    @property
    def sees_around(self) -> bool:
        """Whether their pages show what else is in the space, and around it."""
        return True

    def wrote(self, thing: Any) -> bool:
        """Whether this is their own."""
        return bool(thing.account_id == self.account.id)
