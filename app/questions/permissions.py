"""Who may do what with questions."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from app.permissions import EVERYBODY, MODERATORS, WRITERS, Role, allow
from app.questions.models import Question


def visible_to_all() -> ColumnElement[bool]:
    """Which questions everybody sees."""
    return Question.shown()


def visible_to(person: Any) -> ColumnElement[bool]:
    """Which questions this person may see: moderators and authors see hidden ones, too."""
    if person.role == Role.MODERATOR:
        return Question.withdrawn_at.is_(None)
    own = and_(Question.participant_id == person.id, Question.withdrawn_at.is_(None))
    return or_(own, visible_to_all())


allow("questions.see", EVERYBODY)
allow("questions.ask", WRITERS)
allow("questions.support", WRITERS, visible=visible_to)
allow("questions.withdraw", WRITERS, own=True, visible=visible_to)
allow("questions.moderate", MODERATORS, visible=visible_to)
