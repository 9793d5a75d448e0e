"""Subjects: what threads are about. A feature registers its kinds when it is imported."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from app.forums.models import Thread


@dataclass(frozen=True)
class Subject:
    """A kind of thing that is discussed."""

    name: str
    url: Callable[[Thread], str]  # the page where the thread is read
    readers: type[Any]  # as what people read it: participants of an event, members of a space
    visible: Callable[[Any], ColumnElement[bool]]  # which of its threads a reader may read


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Make a kind of subject known."""
    _subjects[subject.name] = subject


def url_of(thread: Thread) -> str:
    """The page where this thread is read."""
    return _subjects[thread.subject].url(thread)


def readable_by(person: Any) -> ColumnElement[bool]:
    """Which threads this person may read: those whose subject they may see."""
    return or_(
        false(),
        *(
            and_(Thread.subject == s.name, s.visible(person))
            for s in _subjects.values()
            if isinstance(person, s.readers)
        ),
    )
