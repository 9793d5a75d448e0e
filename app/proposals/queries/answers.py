"""Official answers as they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from app.accounts.models import Account
from app.events.models import Participant
from app.extensions import db
from app.proposals.models import OfficialAnswer


@dataclass(frozen=True)
class AnswerCard:
    """An official answer as it is shown."""

    answer: OfficialAnswer
    function: str  # of its author, as the account says it

    @property
    def body(self) -> Markup:
        """The words, safe by their making."""
        return self.answer.body

    @property
    def created_at(self) -> datetime:
        """When it was given."""
        return self.answer.created_at


@dataclass(frozen=True)
class Answers:
    """The official answers to one thing, and the id of the element that holds them."""

    element_id: str
    cards: Sequence[AnswerCard]


def _answers(
    column: InstrumentedAttribute[int | None], element: str, ids: Iterable[int]
) -> dict[int, Answers]:
    wanted = list(ids)
    gathered: dict[int, list[AnswerCard]] = {id: [] for id in wanted}
    rows = db.session.execute(
        select(column, OfficialAnswer, func.coalesce(Account.function, ""))
        .outerjoin(Participant, Participant.id == OfficialAnswer.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .options(joinedload(OfficialAnswer.author))
        .where(
            column.in_(wanted),
            OfficialAnswer.shown(),
        )
        .order_by(OfficialAnswer.id)
    )
    for subject_id, answer, function in rows:
        gathered[subject_id or 0].append(AnswerCard(answer, function))
    return {id: Answers(f"{element}-{id}", cards) for id, cards in gathered.items()}


def answers_by_aspect(aspect_ids: Iterable[int]) -> dict[int, Answers]:
    """The official answers to each of these aspects: one query."""
    return _answers(OfficialAnswer.aspect_id, "answers", aspect_ids)


def answers_by_report(report_ids: Iterable[int]) -> dict[int, Answers]:
    """The official answers to what each of these rooms asks for: one query."""
    return _answers(OfficialAnswer.report_id, "report-answers", report_ids)


def own_answers(person: Participant) -> Sequence[OfficialAnswer]:
    """What this person has answered officially and not withdrawn."""
    return db.session.scalars(
        select(OfficialAnswer)
        .where(OfficialAnswer.participant_id == person.id, OfficialAnswer.withdrawn_at.is_(None))
        .order_by(OfficialAnswer.id)
    ).all()
