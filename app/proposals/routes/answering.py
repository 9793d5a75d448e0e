"""Official answers, by hosts and moderators."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import outbox
from app.addresses import page_before
from app.breakouts.models import Report
from app.database import found, locked, transaction
from app.events import frame
from app.events.identity import somebody_in
from app.events.models import Event, Participant
from app.extensions import limiter
from app.forums.drafts import Draft, preview_of, sent_draft
from app.identity import who
from app.livepolls.models import Aspect, FlashPoll
from app.permissions import require
from app.proposals import actions, broadcasts, queries
from app.proposals.models import LONGEST_ANSWER, OfficialAnswer
from app.proposals.routes import bp
from app.realtime.audiences import View
from app.responses import done, notice

Answer = str | Response


@bp.post("/aspects/<int:aspect_id>/answers")
@limiter.limit("20 per minute", key_func=lambda: f"answers {who()}")
def answer_aspect(aspect_id: int) -> Answer:
    """Answer an aspect officially."""
    sent = sent_draft()
    action = url_for(".answer_aspect", aspect_id=aspect_id)
    back = url_for(".aspect", aspect_id=aspect_id)
    if sent.wants_preview:
        aspect = found(Aspect, aspect_id)
        person = _answerer(aspect.poll.event)
        return _page(aspect.poll.event, person, sent, action, back, _("Answer officially"))
    words = sent.words(LONGEST_ANSWER)
    with transaction():
        locked(FlashPoll, found(Aspect, aspect_id).poll_id, shared=True)
        aspect = found(Aspect, aspect_id)
        person = _answerer(aspect.poll.event)
        answer, _new = actions.answer_aspect(aspect, person, words, sent.key)
    return _stands(answer, person, back)


@bp.post("/reports/<int:report_id>/answers")
@limiter.limit("20 per minute", key_func=lambda: f"answers {who()}")
def answer_report(report_id: int) -> Answer:
    """Answer officially what a room asks for."""
    sent = sent_draft()
    action = url_for(".answer_report", report_id=report_id)
    if sent.wants_preview:
        event = found(Report, report_id).room.round.event
        return _page(event, _answerer(event), sent, action, _results(event), _("Answer officially"))
    words = sent.words(LONGEST_ANSWER)
    with transaction():
        event = found(Report, report_id).room.round.event
        person = _answerer(event)
        answer, _new = actions.answer_report(report_id, person, words, sent.key)
    return _stands(answer, person, page_before(otherwise=_results(event)))


def _answerer(event: Event) -> Participant:
    person = somebody_in(event)
    require(person, "proposals.answer", event)
    return person


def _results(event: Event) -> str:
    return url_for("results.show", code=event.code)


def _stands(answer: OfficialAnswer, person: Participant, back: str) -> Response:
    said = notice(_("Your answer stands for everybody to see."))
    return done(back, *own_streams(answer, person), said)


def own_streams(answer: OfficialAnswer, person: Participant) -> list[Markup]:
    """What changes at once on the page of the one who did it."""
    version = outbox.position(answer.event.channel)
    if answer.aspect_id is not None:
        partial, id = broadcasts.answers, answer.aspect_id
        answers = queries.answers_by_aspect([id])[id]
    else:
        assert answer.report_id is not None
        partial, id = broadcasts.report_answers, answer.report_id
        answers = queries.answers_by_report([id])[id]
    shown = partial.stream(id, {"answers": answers}, View.HALL, version)
    my_version = outbox.position(person.channel)
    return [shown, *frame.personal_streams(person, my_version, broadcasts.marks)]


def _own(answer: OfficialAnswer) -> Participant:
    person = somebody_in(answer.event)
    require(person, "proposals.edit_answer", answer)
    return person


def _back(answer: OfficialAnswer) -> str:
    if answer.aspect_id is None:
        return _results(answer.event)
    return url_for(".aspect", aspect_id=answer.aspect_id)


@bp.get("/answers/<int:answer_id>/edit")
def edit_answer_form(answer_id: int) -> Answer:
    """The field to answer differently."""
    answer = found(OfficialAnswer, answer_id)
    return _edit_page(answer, _own(answer), Draft(answer.text, "", False))


@bp.post("/answers/<int:answer_id>")
@limiter.limit("20 per minute", key_func=lambda: f"answers {who()}")
def edit_answer(answer_id: int) -> Answer:
    """Answer differently."""
    sent = sent_draft()
    if sent.wants_preview:
        answer = found(OfficialAnswer, answer_id)
        return _edit_page(answer, _own(answer), sent)
    words = sent.words(LONGEST_ANSWER)
    with transaction():
        answer = locked(OfficialAnswer, answer_id)
        _own(answer)
        actions.edit_answer(answer, words)
    return redirect(_back(answer), 303)


@bp.delete("/answers/<int:answer_id>")
def withdraw_answer(answer_id: int) -> Response:
    """Take an official answer back."""
    with transaction():
        answer = locked(OfficialAnswer, answer_id)
        person = _own(answer)
        actions.withdraw_answer(answer, person)
    return done(_back(answer), *own_streams(answer, person), notice(_("Your answer is withdrawn.")))


def _edit_page(answer: OfficialAnswer, person: Participant, sent: Draft) -> str:
    action = url_for(".edit_answer", answer_id=answer.id)
    return _page(answer.event, person, sent, action, _back(answer), _("Edit your answer"))


def _page(
    event: Event, person: Participant, sent: Draft, action: str, back: str, heading: str
) -> str:
    preview = preview_of(sent.text, LONGEST_ANSWER) if sent.wants_preview else None
    return render_template(
        "forums/write.html",
        heading=heading,
        sent=sent,
        most=LONGEST_ANSWER,
        action=action,
        back=back,
        button=_("Save"),
        preview=preview,
        kept=f"answer {action}",
        **frame.page_context(event, person),
    )
