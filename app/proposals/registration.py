"""What the application needs from proposals."""

from collections.abc import Iterable

from flask import Flask, url_for

from app.events import cards, frame, own_data
from app.events import steps as event_steps
from app.forums import subjects
from app.livepolls.models import Aspect
from app.proposals import broadcasts, discussion, lineage, permissions  # noqa: F401
from app.proposals.own_data import part
from app.proposals.queries import Answers, answers_by_aspect, answers_by_report
from app.proposals.routes import bp
from app.proposals.steps import answer_card, proposal_card, step


def register(app: Flask) -> None:
    """Attach the routes, the step, the cards, and what templates of others may ask for."""
    event_steps.register(step)
    cards.register(proposal_card)
    cards.register(answer_card)
    subjects.register(discussion.subject)
    own_data.register(part)
    frame.register_personal(broadcasts.marks, broadcasts.own_context)
    app.jinja_env.globals.update(
        aspect_url=aspect_url, answers_of=answers_of, answers_by_report=answers_by_report
    )
    app.register_blueprint(bp)


def answers_of(aspects: Iterable[Aspect]) -> dict[int, Answers]:
    """The official answers to each of these aspects, for `proposals/_answers.html`."""
    return answers_by_aspect(aspect.id for aspect in aspects)


def aspect_url(aspect: Aspect) -> str:
    """The page of an aspect."""
    return url_for("proposals.aspect", aspect_id=aspect.id)
