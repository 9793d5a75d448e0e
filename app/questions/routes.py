"""The routes of questions: ask, ask the same, mark as answered or put aside."""

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import outbox
from app.addresses import page_before
from app.database import locked, transaction
from app.events import frame
from app.events.identity import participant_in, somebody_in
from app.events.marks import marks
from app.events.models import Event, Participant
from app.events.queries import event_by_code
from app.limits import TAPPING, WRITING, limited
from app.permissions import require
from app.questions import actions, broadcasts, queries
from app.questions.models import LONGEST_QUESTION, Question
from app.realtime.audiences import View
from app.responses import done, notice

bp = Blueprint("questions", __name__)


@bp.get("/e/<code>/questions")
def index(code: str) -> str:
    """All questions, and the field for another one."""
    event = event_by_code(code)
    person = somebody_in(event)
    require(person, "questions.see", event)
    page = frame.page_context(event, person)
    newest_first = request.args.get("order") == "newest"
    return render_template(
        "questions/index.html",
        cards=queries.asked(event, newest_first=newest_first),
        newest_first=newest_first,
        most=LONGEST_QUESTION,
        own=queries.own_questions(person),
        place=frame.place_of(event, person),
        **page,
    )


def page_url(event: Event) -> str:
    """Where the questions stand."""
    return url_for("questions.index", code=event.code)


@bp.post("/e/<code>/questions")
@limited(WRITING, "questions")
def ask(code: str) -> Response:
    """Ask the speakers."""
    form = request.form
    with transaction():
        event = event_by_code(code)
        person = somebody_in(event)
        require(person, "questions.ask", event)
        question, _new = actions.ask(
            event,
            person,
            form.get("text", ""),
            form.get("key", "")[:64],
            anonymous=bool(form.get("anonymous")),
        )
    return done(page_url(event), *own_streams(question, person))


def own_streams(question: Question, person: Participant) -> list[Markup]:
    """What changes at once on the page of the one who did it."""
    version = outbox.position(question.event.channel)
    context = queries.cards_by_id([question.id]).get(question.id)
    card = broadcasts.question.stream(question.id, context, View.HALL, version)
    return [card, *frame.personal_streams(person, marks)]


@bp.delete("/questions/<int:question_id>")
def withdraw(question_id: int) -> Response:
    """Take it back."""
    with transaction():
        question = locked(Question, question_id)
        person = somebody_in(question.event)
        require(person, "questions.withdraw", question)
        actions.withdraw(question, person)
    said = (
        _("Your question is withdrawn.")
        if question.is_withdrawn
        else _("Others ask the same, so it stays, without your name.")
    )
    return done(page_url(question.event), *own_streams(question, person), notice(said))


@bp.post("/questions/<int:question_id>/support")
@limited(TAPPING, "question supports")
def support(question_id: int) -> Response:
    """Ask the same, or take that back when `supported` is 0."""
    return _support(question_id, request.form.get("supported") != "0")


@bp.put("/questions/<int:question_id>/support")
@limited(TAPPING, "question supports")
def put_support(question_id: int) -> Response:
    """Ask the same."""
    return _support(question_id, True)


@bp.delete("/questions/<int:question_id>/support")
@limited(TAPPING, "question supports")
def take_back(question_id: int) -> Response:
    """Ask the same no longer."""
    return _support(question_id, False)


def _support(question_id: int, wanted: bool) -> Response:
    with transaction():
        question = locked(Question, question_id, shared=True)
        person = participant_in(question.event)
        require(person, "questions.support", question)
        assert person is not None
        actions.support(question, person, wanted)
    return done(page_url(question.event), *own_streams(question, person))


@bp.post("/questions/<int:question_id>/answered")
def answered(question_id: int) -> Response:
    """A speaker has answered it."""
    return _mark(question_id, actions.mark_answered, True)


@bp.delete("/questions/<int:question_id>/answered")
def not_answered(question_id: int) -> Response:
    """It is open again."""
    return _mark(question_id, actions.mark_answered, False)


@bp.post("/questions/<int:question_id>/dismissal")
def dismissed(question_id: int) -> Response:
    """Put it aside without an answer."""
    return _mark(question_id, actions.mark_dismissed, True)


@bp.delete("/questions/<int:question_id>/dismissal")
def not_dismissed(question_id: int) -> Response:
    """Take it up again."""
    return _mark(question_id, actions.mark_dismissed, False)


def _mark(question_id: int, mark: Callable[[Question, bool], None], wanted: bool) -> Response:
    with transaction():
        question = locked(Question, question_id)
        require(participant_in(question.event), "questions.moderate", question)
        mark(question, wanted)
    return done(page_before(otherwise=page_url(question.event)))
