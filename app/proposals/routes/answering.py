"""Official answers, by hosts and moderators."""

from collections.abc import Callable
from functools import partial

from flask import render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import outbox
from app.addresses import page_before
from app.breakouts.models import Report
from app.commitments import Commitment, sent_commitment
from app.database import found, locked, transaction
from app.events import frame
from app.events.identity import somebody_in
from app.events.marks import marks
from app.events.models import Event, Participant
from app.forums.drafts import Desk, Draft, preview_of, sent_draft
from app.limits import WRITING, limited
from app.livepolls.models import Aspect, FlashPoll
from app.permissions import require
from app.proposals import actions, broadcasts, queries
from app.proposals.models import LONGEST_ANSWER, OfficialAnswer
from app.proposals.organisations import organisation_of
from app.proposals.routes import Answer, bp
from app.realtime.audiences import View
from app.responses import done, notice

Change = Callable[[OfficialAnswer], None]


@bp.post("/aspects/<int:aspect_id>/answers")
@limited(WRITING, "answers")
def answer_aspect(aspect_id: int) -> Answer:
    """Answer an aspect officially."""
    sent = sent_draft()
    action = url_for(".answer_aspect", aspect_id=aspect_id)
    back = url_for(".aspect", aspect_id=aspect_id)
    if sent.wants_preview:
        aspect = found(Aspect, aspect_id)
        person = _answerer(aspect.poll.event)
        return _page(aspect.poll.event, person, sent, action, back, _("Answer officially"))
    words, commitment = sent.words(LONGEST_ANSWER), sent_commitment(request.form)
    with transaction():
        locked(FlashPoll, found(Aspect, aspect_id).poll_id, shared=True)
        aspect = found(Aspect, aspect_id)
        person = _answerer(aspect.poll.event)
        answer, _new = actions.answer_aspect(aspect, person, words, sent.key, commitment)
    return _stands(answer, person, back)


@bp.post("/reports/<int:report_id>/answers")
@limited(WRITING, "answers")
def answer_report(report_id: int) -> Answer:
    """Answer officially what a room asks for."""
    sent = sent_draft()
    action = url_for(".answer_report", report_id=report_id)
    if sent.wants_preview:
        event = found(Report, report_id).room.round.event
        return _page(event, _answerer(event), sent, action, _results(event), _("Answer officially"))
    words, commitment = sent.words(LONGEST_ANSWER), sent_commitment(request.form)
    with transaction():
        event = found(Report, report_id).room.round.event
        person = _answerer(event)
        answer, _new = actions.answer_report(report_id, person, words, sent.key, commitment)
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
    return [shown, *frame.personal_streams(person, marks)]


def _own(answer: OfficialAnswer) -> Participant:
    person = somebody_in(answer.event)
    require(person, "proposals.edit_answer", answer)
    return person


def where_it_stands(answer: OfficialAnswer) -> str:
    """The page on which an answer is read."""
    if answer.aspect_id is None:
        return _results(answer.event)
    return url_for(".aspect", aspect_id=answer.aspect_id)


def _prepared(_answer: OfficialAnswer, _person: Participant, sent: Draft) -> Change:
    words, commitment = sent.words(LONGEST_ANSWER), sent_commitment(request.form)
    return lambda answer: actions.edit_answer(answer, words, commitment)


@bp.get("/answers/<int:answer_id>/edit")
def edit_answer_form(answer_id: int) -> Answer:
    """The field to answer differently."""
    return _desk.open(answer_id)


@bp.post("/answers/<int:answer_id>")
@limited(WRITING, "answers")
def edit_answer(answer_id: int) -> Answer:
    """Answer differently."""
    return _desk.save(answer_id)


@bp.delete("/answers/<int:answer_id>")
def withdraw_answer(answer_id: int) -> Response:
    """Take an official answer back."""
    answer, person = _desk.take_back(answer_id)
    return done(
        where_it_stands(answer),
        *own_streams(answer, person),
        notice(_("Your answer is withdrawn.")),
    )


@bp.post("/answers/<int:answer_id>/fulfilment")
def fulfil(answer_id: int) -> Response:
    """Say that what was taken up is done."""
    return _fulfil(answer_id, True)


@bp.delete("/answers/<int:answer_id>/fulfilment")
def reopen(answer_id: int) -> Response:
    """Say that it is not done yet."""
    return _fulfil(answer_id, False)


def _fulfil(answer_id: int, is_done: bool) -> Response:
    with transaction():
        answer = locked(OfficialAnswer, answer_id)
        person = somebody_in(answer.event)
        require(person, "proposals.fulfil", answer)
        actions.fulfil(answer, is_done)
    return done(where_it_stands(answer), *own_streams(answer, person))


def _edit_page(answer: OfficialAnswer, person: Participant, sent: Draft) -> str:
    action = url_for(".edit_answer", answer_id=answer.id)
    back, heading = where_it_stands(answer), _("Edit your answer")
    return _page(answer.event, person, sent, action, back, heading, answer)


def _page(
    event: Event,
    person: Participant,
    sent: Draft,
    action: str,
    back: str,
    heading: str,
    answer: OfficialAnswer | None = None,
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
        fields="proposals/_commitment_fields.html",
        chosen=_chosen(person, answer),
        report_id=_report_id(answer),
        **frame.page_context(event, person),
    )


def _chosen(person: Participant, answer: OfficialAnswer | None) -> Commitment:
    """What the fields hold: what was just sent, or what stands."""
    if request.method == "POST":
        return sent_commitment(request.form)
    if answer is None:
        return Commitment(organisation=organisation_of(person))
    return Commitment(answer.state, answer.why, answer.organisation or organisation_of(person))


def _report_id(answer: OfficialAnswer | None) -> int | None:
    """The room's report that is answered, if it is no aspect."""
    return answer.report_id if answer else (request.view_args or {}).get("report_id")


_desk = Desk(
    OfficialAnswer,
    partial(locked, OfficialAnswer),
    _own,
    _edit_page,
    _prepared,
    actions.withdraw_answer,
    where_it_stands,
)
