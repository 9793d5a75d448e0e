"""Facts: announced with the change they tell of, kept in the outbox, read by the publisher.

Nothing else sends anything to a page. `announce` is called by actions only; what is rolled back
was never announced, and what was committed is found by every process, woken or not.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, ClassVar, NamedTuple, TypeVar

from flask import current_app
from sqlalchemy import (
    JSON,
    Index,
    Integer,
    Select,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
)
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
        if cls.__name__ in Fact.kinds:
            raise TypeError(f"there is a fact {cls.__name__} already")
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


class Entry(NamedTuple):
    """One fact on one channel, as it is read."""

    channel: str
    position: int
    kind: str
    data: dict[str, Any]
    created_at: datetime

    @property
    def fact(self) -> Fact:
        """The fact as its own type."""
        return Fact.kinds[self.kind](**self.data)


# Rows that return something go in one statement; without, each would go by itself on PostgreSQL.
_keeping = insert(Base.metadata.tables[OutboxEntry.__tablename__]).returning(OutboxEntry.position)
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
    if by_channel:
        last = _advance(session, {channel: len(facts) for channel, facts in by_channel.items()})
        rows = [
            {"channel": channel, "position": at, "kind": type(fact).__name__, "data": asdict(fact)}
            for channel, facts in by_channel.items()
            for at, fact in enumerate(facts, last[channel] - len(facts) + 1)
        ]
        session.execute(_keeping, _one_or_many(rows))
    return bool(by_channel)


def forget_announced(session: Session) -> None:
    """What was rolled back has not happened."""
    session.info.pop("announced", None)


def _advance(session: Session, by: dict[str, int]) -> dict[str, int]:
    """The new positions of these channels; one statement, which holds them in one order."""
    rows = [{"name": channel, "position": steps} for channel, steps in sorted(by.items())]
    raising = _raising(session.get_bind().dialect.name)
    raised = session.execute(raising, _one_or_many(rows))
    return {name: position for name, position in raised}


@cache
def _raising(_dialect: str) -> Any:
    """Built once for each database: each submission runs it."""
    channel = Base.metadata.tables[Channel.__tablename__]
    upsert = dialect_insert(channel)
    return upsert.on_conflict_do_update(
        index_elements=[channel.c.name],
        set_={"position": channel.c.position + upsert.excluded.position},
    ).returning(channel.c.name, channel.c.position)


def _one_or_many(rows: list[dict[str, Any]]) -> Any:
    """Many rows have to be taken apart for their statement; most have but one."""
    return rows if len(rows) > 1 else rows[0]


def position(channel: str) -> int:
    """How far a channel has come; read it before the data that is to be shown."""
    return db.session.scalar(select(Channel.position).where(Channel.name == channel)) or 0


def positions(known: Mapping[str, int]) -> dict[str, int]:
    """How far those of these channels have come that are further than is known.

    A full hall listens to a thousand channels, and on a tick few of them have anything new.
    """
    further, _entries = _beyond(db.session.get_bind().dialect.name)
    return {name: at for name, at in db.session.execute(further, {"known": known})}


def entries_between(wanted: Mapping[str, tuple[int, int]]) -> dict[str, list[Entry]]:
    """The entries of several channels, each after one position and up to another; one statement."""
    _further, later = _beyond(db.session.get_bind().dialect.name)
    known = {name: after for name, (after, _to) in wanted.items()}
    entries: dict[str, list[Entry]] = {name: [] for name in wanted}
    for row in db.session.execute(later, {"known": known}):
        if row.position <= wanted[row.channel][1]:
            entries[row.channel].append(Entry(*row))
    return entries


@cache
def _beyond(dialect: str) -> tuple[Select[str, int], Select[Any]]:
    """The channels that have come further than is known, and what is in them from there on.

    Built once for each database, with one value for however many channels.
    """
    each_of = func.json_each if dialect == "sqlite" else func.json_each_text
    known = each_of(bindparam("known", type_=JSON)).table_valued("key", "value")
    position = cast(known.c.value, Integer)
    further = (
        select(Channel.name, Channel.position)
        .join(known, known.c.key == Channel.name)
        .where(Channel.position > position)
    )
    entries = (
        select(*[getattr(OutboxEntry, name) for name in Entry._fields])
        .join(known, known.c.key == OutboxEntry.channel)
        .where(OutboxEntry.position > position)
        .order_by(OutboxEntry.channel, OutboxEntry.position)
    )
    return further, entries


def facts_of(entries: Iterable[Entry]) -> list[Fact]:
    """The facts of these entries, each once, where it stands last: many vote for the same."""
    last: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        same = entry.kind, str(entry.data)
        last.pop(same, None)
        last[same] = entry
    return [entry.fact for entry in last.values()]


@clockwork.every(600)
def drop_old() -> None:
    """Forget entries that every page has long caught up with."""
    with transaction() as session:
        session.execute(delete(OutboxEntry).where(OutboxEntry.created_at < now() - KEPT))


def wake() -> None:
    """Tell the publisher that there is something new; losing this call loses nothing."""
    current_app.extensions["publisher"].announce_commit()
