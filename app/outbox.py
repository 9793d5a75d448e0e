"""Facts: announced with the change they tell of, kept in the outbox, read by the publisher.

Nothing else sends anything to a page. `announce` is called by actions only; what is rolled back
was never announced, and what was committed is found by every process, woken or not.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from flask import current_app
from sqlalchemy import Index, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import clockwork
from app.database import Base, dialect_insert, now, transaction
from app.extensions import db

KEPT = timedelta(hours=1)


@dataclass(frozen=True)
class Fact:
    """Something that has happened; subclasses say what, with ids and plain values only."""

    kinds: ClassVar[dict[str, type["Fact"]]] = {}

    def __init_subclass__(cls) -> None:
        Fact.kinds[cls.__name__] = cls


class Channel(Base):
    """A stream of facts in order; its row is locked by each commit, so that there are no gaps."""

    __tablename__ = "channel"

    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class OutboxEntry(Base):
    """One fact on one channel."""

    __tablename__ = "outbox_entry"
    __table_args__ = (Index(None, "created_at"),)

    channel: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def fact(self) -> Fact:
        """The fact as its own type."""
        return Fact.kinds[self.kind](**self.data)


AnyFact = TypeVar("AnyFact", bound=Fact)
_followers: dict[type[Fact], list[Callable[[Any], None]]] = {}


def announce(fact: Fact, *channels: str) -> None:
    """Say inside a transaction what has happened; channels hear of it once it is committed."""
    session = db.session
    if not session.info.get("writing"):
        raise RuntimeError("facts are announced inside a transaction")
    session.info.setdefault("announced", []).append((fact, channels))
    for follow in _followers.get(type(fact), ()):
        follow(fact)


def follows(
    kind: type[AnyFact],
) -> Callable[[Callable[[AnyFact], None]], Callable[[AnyFact], None]]:
    """Mark what another feature must do in the same transaction when this fact is announced."""

    def register(follower: Callable[[AnyFact], None]) -> Callable[[AnyFact], None]:
        _followers.setdefault(kind, []).append(follower)
        return follower

    return register


def write_announced(session: Session) -> bool:
    """Write what was announced, a channel at a time in one order, so that nobody deadlocks."""
    by_channel: dict[str, list[Fact]] = {}
    for fact, channels in session.info.pop("announced", ()):
        for channel in channels:
            by_channel.setdefault(channel, []).append(fact)
    session.flush()
    for channel, facts in sorted(by_channel.items()):
        last = _advance(session, channel, len(facts))
        first = last - len(facts) + 1
        session.add_all(
            OutboxEntry(channel=channel, position=at, kind=type(fact).__name__, data=asdict(fact))
            for at, fact in enumerate(facts, first)
        )
    return bool(by_channel)


def forget_announced(session: Session) -> None:
    """What was rolled back has not happened."""
    session.info.pop("announced", None)


def _advance(session: Session, channel: str, by: int) -> int:
    insert = dialect_insert(Channel).values(name=channel, position=by)
    statement = insert.on_conflict_do_update(
        index_elements=[Channel.name], set_={"position": Channel.position + by}
    ).returning(Channel.position)
    return int(session.execute(statement).scalar_one())


def position(channel: str) -> int:
    """How far a channel has come; read it before the data that is to be shown."""
    return db.session.scalar(select(Channel.position).where(Channel.name == channel)) or 0


def positions(channels: Sequence[str]) -> dict[str, int]:
    """How far each of these channels has come; those that never carried a fact are left out."""
    rows = db.session.execute(
        select(Channel.name, Channel.position).where(Channel.name.in_(channels))
    )
    return {name: at for name, at in rows}


def entries_after(channel: str, after: int, to: int) -> Sequence[OutboxEntry]:
    """The entries of a channel after one position, up to and with another."""
    return db.session.scalars(
        select(OutboxEntry)
        .where(OutboxEntry.channel == channel)
        .where(OutboxEntry.position > after, OutboxEntry.position <= to)
        .order_by(OutboxEntry.position)
    ).all()


@clockwork.every(600)
def drop_old() -> None:
    """Forget entries that every page has long caught up with."""
    with transaction() as session:
        session.execute(delete(OutboxEntry).where(OutboxEntry.created_at < now() - KEPT))


def wake() -> None:
    """Tell the publisher that there is something new; losing this call loses nothing."""
    current_app.extensions["publisher"].announce_commit()
