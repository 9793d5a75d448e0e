"""Official answers to requests, and where requests stand: by coordinators of the programme."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.commitments import State, sent_commitment, sent_why
from app.database import found, locked, transaction
from app.errors import Invalid, Refused
from app.forums.drafts import Desk, Draft, preview_of, sent_draft
from app.limits import WRITING, limited
from app.permissions import require
from app.requests import actions, identity
from app.requests.models import LONGEST_ANSWER, Request, RequestAnswer
from app.requests.routes import Answer, bp
from app.requests.routes.listing import page
from app.spaces.frame import page_context
from app.spaces.models import Member, Space


def _host(asked: Request) -> Member:
    """Who may answer; raises for outsiders first, then for those who may only read."""
    identity.somebody_about(asked)
    host = identity.host_about(asked)
    if host is None:
        raise Refused
    require(host, "requests.answer", found(Space, host.space_id))
    return host


def _url(asked: Request) -> str:
    return url_for(".show", request_id=asked.id)


@bp.post("/requests/<int:request_id>/answers")
@limited(WRITING, "answers")
def answer(request_id: int) -> Answer:
    """Answer officially."""
    sent = sent_draft()
    if sent.wants_preview:
        asked = found(Request, request_id)
        shown = preview_of(sent.text, LONGEST_ANSWER)
        return page(asked, _host(asked), sent, preview=shown)
    _host(found(Request, request_id))
    words, commitment = sent.words(LONGEST_ANSWER), sent_commitment(request.form)
    with transaction():
        asked = locked(Request, request_id)
        actions.answer(asked, _host(asked), words, sent.key, commitment)
    flash(_("Your answer stands for everybody to see who asks."))
    return redirect(_url(asked), 303)


@bp.post("/requests/<int:request_id>/state")
def move(request_id: int) -> Response:
    """Say where it stands."""
    wanted, why = request.form.get("state", ""), sent_why(request.form)
    with transaction():
        asked = locked(Request, request_id)
        _host(asked)
        if wanted not in set(State):
            raise Invalid
        actions.set_state(asked, State(wanted), why)
    return redirect(_url(asked), 303)


def _own(made: RequestAnswer) -> Member:
    host = _host(made.request)
    if not host.wrote(made):
        raise Refused
    made.require_there()
    return host


def _held(answer_id: int) -> RequestAnswer:
    """An answer, held after the request whose state follows from it."""
    locked(Request, found(RequestAnswer, answer_id).request_id)
    return locked(RequestAnswer, answer_id)


@bp.get("/request-answers/<int:answer_id>/edit")
def edit_form(answer_id: int) -> Answer:
    """The field to answer differently."""
    return _desk.open(answer_id)


@bp.post("/request-answers/<int:answer_id>")
@limited(WRITING, "answers")
def edit(answer_id: int) -> Answer:
    """Answer differently."""
    return _desk.save(answer_id)


@bp.delete("/request-answers/<int:answer_id>")
def withdraw(answer_id: int) -> Response:
    """Take an answer back."""
    made, _host_of_it = _desk.take_back(answer_id)
    flash(_("Your answer is withdrawn."))
    return redirect(_back(made), 303)


def _back(made: RequestAnswer) -> str:
    return _url(made.request)


def _prepared(_made: RequestAnswer, _host: Member, sent: Draft) -> Callable[[RequestAnswer], None]:
    words = sent.words(LONGEST_ANSWER)
    return lambda made: actions.edit_answer(made, words)


def _edit_page(made: RequestAnswer, host: Member, sent: Draft) -> str:
    space = found(Space, host.space_id)
    return render_template(
        "requests/edit_answer.html",
        **page_context(space, host),
        answer=made,
        sent=sent,
        most=LONGEST_ANSWER,
        preview=preview_of(sent.text, LONGEST_ANSWER) if sent.wants_preview else None,
    )


_desk = Desk(
    RequestAnswer,
    _held,
    _own,
    _edit_page,
    _prepared,
    lambda made, _host: actions.withdraw_answer(made),
    _back,
)
