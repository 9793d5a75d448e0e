"""Questions as people ask them."""

from app.events.models import Event
from app.extensions import db
from app.questions.models import Question
from tests.browsers import Visitor


def ask(event: Event, author: Visitor, text: str, **fields: str) -> Question:
    """Let somebody ask on the page."""
    form = {"text": text, "key": text, **fields}
    answer = author.post(f"/e/{event.code}/questions", form)
    assert answer.status_code == 303, answer.text
    return db.session.query(Question).filter_by(text=text).one()


def page(event: Event, reader: Visitor) -> str:
    """The questions' page as somebody sees it."""
    answer = reader.get(f"/e/{event.code}/questions")
    assert answer.status_code == 200, answer.text
    return str(answer.text)
