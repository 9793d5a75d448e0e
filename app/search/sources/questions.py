"""Questions to the speakers; whoever asked without a name is not known here."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, select

from app.events.models import Event, Participant
from app.extensions import db
from app.questions.models import Question
from app.questions.permissions import visible_to_all
from app.search.sources import Entry, Hit, Reader, Source, register
from app.search.sources.halls import EVENT, author_of, in_event, signed, tags_of

_questions = signed(
    select(Question.id, Question.created_at, Question.text, Question.event_id).where(
        Question.withdrawn_at.is_(None)
    ),
    and_(Participant.id == Question.participant_id, Question.anonymous.is_(False)),
)


def _question_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, "", row.text, tags_of(row, "question"))


def _question_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = (
        _questions.add_columns(*EVENT)
        .join(Event, Event.id == Question.event_id)
        .where(Question.id.in_(ids), Event.id.in_(reader.event_ids), visible_to_all())
    )
    return [
        Hit(
            row.id,
            url_for("questions.index", code=row.code, _anchor=f"question-{row.id}"),
            "",
            row.text,
            row.created_at,
            in_event(row),
            author_of(row),
        )
        for row in db.session.execute(query)
    ]


register(
    Source(
        "question",
        11,
        _l("Question"),
        _l("Questions"),
        "questions",
        Question,
        _questions,
        _question_entry,
        _question_hits,
    )
)
