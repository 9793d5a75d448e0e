"""Which fact of a question redraws which part of which page."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.events import remote
from app.events.facts import CardHidden
from app.events.marks import marks
from app.events.models import Event
from app.extensions import db
from app.questions import queries
from app.questions.facts import OwnQuestionsChanged, QuestionChanged
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change, Context


def panel_context(event: Event) -> dict[str, Any]:
    """The moderators' panel of an event."""
    return {"panel": queries.panel(event)}


def _panels(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {id: panel_context(db.session.get_one(Event, id)) for id in ids}


def _unless_hidden(context: Context, _view: View) -> bool:
    return not context["card"].question.is_hidden


question = Partial(
    "questions/_question.html",
    "question-{id}",
    queries.cards_by_id,
    frozenset({View.HALL}),
    into="{list}",
    shown=_unless_hidden,
)
panel = Partial("questions/_cockpit.html", "cockpit-questions", _panels, frozenset({View.COCKPIT}))


@redraws(QuestionChanged)
def _changed(fact: QuestionChanged) -> Iterable[Change]:
    return [
        Redraw(question, fact.question_id),
        Redraw(panel, fact.event_id),
        remote.changed("question", fact.question_id),
    ]


@redraws(CardHidden)
def _hidden(fact: CardHidden) -> Iterable[Change]:
    if fact.kind != "question":
        return []
    return [Redraw(question, fact.id), Redraw(panel, fact.event_id)]


@redraws(OwnQuestionsChanged)
def _own_changed(fact: OwnQuestionsChanged) -> Iterable[Change]:
    return [Redraw(marks, fact.participant_id)]
