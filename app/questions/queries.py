"""Reads of questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload

from app.events.models import Event, Participant
from app.extensions import db
from app.questions.models import Question, QuestionSupport
from app.questions.permissions import visible_to_all

MOST_IN_PANEL = 25  # open questions that a moderator sees beside the step
LATEST_ARCHIVED = 5


@dataclass(frozen=True)
class QuestionCard:
    """A question as it is shown: with the number of people who ask the same."""

    question: Question
    supports: int

    @property
    def list(self) -> str:
        """The id of the list that it stands in."""
        return "questions-archive" if self.question.is_archived else "questions-open"


@dataclass(frozen=True)
class Panel:
    """What moderators see of the questions beside every step."""

    event: Event
    open: Sequence[QuestionCard]  # most supported first, hidden ones too
    archived: Sequence[QuestionCard]  # the latest of them
    more: int  # open ones that are not in the panel


_supports: Any = (
    select(func.count())
    .where(QuestionSupport.question_id == Question.id)
    .correlate(Question)
    .scalar_subquery()
)


def _cards(*conditions: Any) -> Select[Any]:
    return (
        select(Question, _supports)
        .options(joinedload(Question.participant), joinedload(Question.event))
        .where(Question.withdrawn_at.is_(None), *conditions)
    )


def _as_cards(query: Select[Any]) -> list[QuestionCard]:
    return [QuestionCard(question, supports) for question, supports in db.session.execute(query)]


def card_of(question: Question) -> QuestionCard:
    """A question with its number."""
    return _as_cards(_cards(Question.id == question.id))[0]


def cards_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These questions as contexts of their cards, withdrawn ones left out."""
    return {
        card.question.id: {"card": card, "list": card.list}
        for card in _as_cards(_cards(Question.id.in_(ids)))
    }


def asked(event: Event, *, newest_first: bool = False) -> list[QuestionCard]:
    """The questions that everybody sees, most supported first and then oldest, or newest first."""
    query = _cards(Question.event_id == event.id, visible_to_all())
    order = (Question.id.desc(),) if newest_first else (_supports.desc(), Question.id)
    return _as_cards(query.order_by(*order))


def newest(event: Event, most: int) -> Sequence[Question]:
    """The newest open questions that everybody sees."""
    return db.session.scalars(
        select(Question)
        .where(Question.event_id == event.id, visible_to_all(), _is_open())
        .order_by(Question.id.desc())
        .limit(most)
    ).all()


def _is_open() -> ColumnElement[bool]:
    return and_(Question.answered_at.is_(None), Question.dismissed_at.is_(None))


def panel(event: Event) -> Panel:
    """What moderators see beside every step."""
    here, is_open = Question.event_id == event.id, _is_open()
    opened = _cards(here, is_open).order_by(_supports.desc(), Question.id)
    when = func.coalesce(Question.answered_at, Question.dismissed_at)
    archived = _cards(here, ~is_open).order_by(when.desc(), Question.id.desc())
    count = db.session.scalar(
        select(func.count()).where(here, is_open, Question.withdrawn_at.is_(None))
    )
    shown = _as_cards(opened.limit(MOST_IN_PANEL))
    latest = _as_cards(archived.limit(LATEST_ARCHIVED))
    return Panel(event, shown, latest, (count or 0) - len(shown))


def own_questions(person: Participant) -> list[QuestionCard]:
    """What this person asks."""
    return _as_cards(_cards(Question.participant_id == person.id).order_by(Question.id))


def supported_by(person: Participant) -> Sequence[int]:
    """The questions that this person asks, too."""
    return db.session.scalars(
        select(QuestionSupport.question_id).where(QuestionSupport.participant_id == person.id)
    ).all()
