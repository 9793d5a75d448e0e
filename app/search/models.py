"""The index: what each thing is found by, and every word that is in it."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, now
from app.search.terms import Terms, TermsColumn

SORTS = 32  # of things, as far as an entry's id can tell them apart
SLOTS = 1 << 15
LETTERWISE = Text().with_variant(Text(collation="C"), "postgresql")


class SearchEntry(Base):
    """A thing that can be found; its words, its author and who may read it stand at the thing.

    The ids rise with the moments at which the things were made, so that the newest are found
    without sorting, and a span of time is a span of ids.
    """

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "source_id"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str]
    source_id: Mapped[int]
    terms: Mapped[Terms] = mapped_column(TermsColumn)


class SearchWord(Base):
    """A word that is in the index, as it is looked for and as it was first written."""

    __tablename__ = "search_word"
    __table_args__ = (Index(None, "word", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(LETTERWISE)
    shown: Mapped[str]


class Noted(Base):
    """A thing that has changed, which the index has not looked at since."""

    __tablename__ = "search_noted"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    source_id: Mapped[int]
    noted_at: Mapped[datetime] = mapped_column(default=now)


class Misplaced(Base):
    """A thread that has moved, and how far the places of its posts have been corrected."""

    __tablename__ = "search_misplaced"

    thread_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    post_id: Mapped[int] = mapped_column(default=0)


def entry_id(made_at: datetime, sort: int, source_id: int) -> int:
    """The id of an entry: milliseconds since 1970, then the sort of thing, then its own id."""
    return first_id(made_at) + sort * SLOTS + source_id % SLOTS


def first_id(moment: datetime) -> int:
    """The least id of anything that was made at this moment or later."""
    return int(moment.timestamp() * 1000) * SORTS * SLOTS
