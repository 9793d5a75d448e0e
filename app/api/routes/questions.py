"""Questions to the speakers, beside all steps."""

from typing import Any

from app.api.answers.questions import question_answers
from app.api.bodies import body, flag, text
from app.api.calls import call
from app.api.submissions import key_field, require_same_place
from app.api.tokens import person_in
from app.database import locked, transaction
from app.events.queries import event_by_code
from app.limits import TAPPING, WRITING
from app.permissions import require
from app.questions import actions
from app.questions.models import LONGEST_QUESTION, Question
from app.questions.queries import asked, card_of

QUESTION = body(
    text("text", LONGEST_QUESTION, "Wann kommt die Arbeitshilfe?"),
    key_field(),
    flag("anonymous", False),
)


@call("GET", "/events/<code>/questions", {200: "Questions"})
def index(code: str) -> Any:
    """The questions, most supported first."""
    event = event_by_code(code)
    person = person_in(event)
    require(person, "questions.see", event)
    return {"questions": question_answers(asked(event), person)}


@call(
    "POST",
    "/events/<code>/questions",
    {201: "Question", 200: "Question"},
    body=QUESTION,
    limit=WRITING,
)
def ask(code: str, body: dict[str, Any]) -> Any:
    """Ask the speakers, with or without one's name."""
    with transaction():
        event = event_by_code(code)
        person = person_in(event)
        require(person, "questions.ask", event)
        question, is_new = actions.ask(
            event, person, body["text"], body["key"], anonymous=bool(body["anonymous"])
        )
        require_same_place(question.event_id, event.id)
    return question_answers([card_of(question)], person)[0], 201 if is_new else 200


@call("PUT", "/questions/<int:question_id>/support", {204: None}, limit=TAPPING)
def support(question_id: int) -> Any:
    """Ask the same."""
    return _support(question_id, True)


@call("DELETE", "/questions/<int:question_id>/support", {204: None}, limit=TAPPING)
def take_back_support(question_id: int) -> Any:
    """Ask the same no longer."""
    return _support(question_id, False)


def _support(question_id: int, wanted: bool) -> Any:
    with transaction():
        question = locked(Question, question_id, shared=True)
        person = person_in(question.event)
        require(person, "questions.support", question)
        actions.support(question, person, wanted)
    return "", 204
