"""What the application needs from questions."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app import outbox
from app.events import cards, frame, marks, merging, own_data
from app.events.cards import CardKind
from app.events.frame import Tab
from app.events.marks import How
from app.events.models import Event
from app.questions import broadcasts, permissions  # noqa: F401
from app.questions.models import Question, QuestionSupport
from app.questions.own_data import part
from app.questions.queries import card_of, newest
from app.questions.routes import bp, page_url
from app.realtime.audiences import View


def register(app: Flask) -> None:
    """Attach the routes, the tab, the card, and the cockpit's panel."""
    frame.register_tab(Tab(_l("Questions"), "questions", page_url, 50))
    cards.register(
        CardKind(
            "question",
            Question,
            lambda question: (question.event.channel,),
            screen="questions/_question_screen.html",
            context=_on_screen,
            label=_l("Question"),
            plural=_l("Newest questions"),
            place=10,
            latest=lambda event: newest(event, cards.MOST_OFFERED),
            is_offered=lambda question: not question.is_archived,
        )
    )
    own_data.register(part)
    merging.register(merging.texts(Question))
    merging.register(merging.marks(QuestionSupport, Question))
    marks.register(
        "question", How.OWN, Question.participant_id, Question.id, Question.withdrawn_at.is_(None)
    )
    marks.register(
        "question", How.SUPPORTED, QuestionSupport.participant_id, QuestionSupport.question_id
    )
    app.jinja_env.globals["questions_panel"] = questions_panel
    app.register_blueprint(bp)


def _on_screen(question: Question) -> dict[str, Any]:
    return {"card": card_of(question)}


def questions_panel(event: Event) -> Markup:
    """The moderators' panel, as it stands when the cockpit is opened."""
    version = outbox.position(event.channel)
    return broadcasts.panel.markup(broadcasts.panel_context(event), View.COCKPIT, version)
