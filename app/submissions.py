"""Submissions: sent once however often the page has to try."""

import secrets
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.errors import Conflict, Invalid
from app.extensions import db

UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # control and format characters, halves of characters
JOINERS = "\u200c\u200d"  # which some scripts need within a name


class Submitted:
    """Columns of what a participant sends: the author, and the page's key for this submission."""

    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    key: Mapped[str]

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805
        """One row for a participant's key."""
        return (UniqueConstraint("participant_id", "key"),)


Thing = TypeVar("Thing", bound=Any)


def submit_once(
    table: type[Thing], author: Any, key: str, text: str, make: Callable[[str], Thing]
) -> tuple[Thing, bool]:
    """The thing that this author submitted under this key, and whether it is new.

    The author is a participant or a member, whose `signature` is the column of what they write.
    `make` gets the key, checks that something new may come, and returns the row; what was sent
    before is not checked again, so that a late retry is answered like the first. The same key
    with another text raises `Conflict`.
    """
    key = key or new_key()
    earlier = submitted(table, author, key, text)
    if earlier is not None:
        return earlier, False
    try:
        with db.session.begin_nested():
            thing = make(key)
            db.session.add(thing)
    except IntegrityError:
        earlier = submitted(table, author, key, text)
        if earlier is None:
            raise
        return earlier, False
    return thing, True


def new_key() -> str:
    """A key that nobody guesses: of a form, or for what came without one."""
    return secrets.token_hex(16)


def submitted(table: type[Thing], author: Any, key: str, text: str) -> Thing | None:
    """What this author has sent under this key before; raises `Conflict` for another text."""
    thing = db.session.scalar(select(table).filter_by(key=key, **author.signature))
    if thing is not None and thing.submitted_text != text:
        raise Conflict(_l("This has been sent already, with another text."))
    return thing


def tidied(text: str) -> str:
    """A text as it is kept: lines end as people count them, and nothing that no database takes."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def one_line(text: str) -> str:
    """A name as it is kept: nothing unseen, and nothing that turns the letters around it."""
    kept = (c for c in text if c in JOINERS or c.isspace() or unicodedata.category(c) not in UNSEEN)
    return " ".join("".join(kept).split()).strip(JOINERS)


def checked(text: str, most: int) -> str:
    """The text tidied; raises `Invalid` if there is none of it, or too much."""
    tidy = tidied(text)
    if not tidy:
        raise Invalid(_l("Please write something first."))
    if len(tidy) > most:
        raise Invalid(
            _l(
                "This is too long: %(length)d of at most %(most)d characters.",
                length=len(tidy),
                most=most,
            )
        )
    return tidy
