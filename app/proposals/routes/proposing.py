"""Writing and reading proposals, and the page of an aspect."""

from collections.abc import Callable
from urllib.parse import urlsplit

from flask import render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import outbox
from app.database import found, locked, transaction
from app.events import frame
from app.events.identity import somebody_in
from app.events.models import Participant
from app.forums.drafts import Desk, Draft, preview_of, sent_draft
from app.forums.models import Thread
from app.forums.queries import discussion
from app.limits import WRITING, limited
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.permissions import visible_to_all as visible_concerns
from app.livepolls.queries import cards as concern_cards
from app.permissions import require
from app.proposals import actions, queries
from app.proposals.models import LONGEST_PROPOSAL, Proposal, require_taking
from app.proposals.ordering import wanted_order
from app.proposals.routes import Answer, bp
from app.proposals.routes.streams import own_streams
from app.responses import done, notice, visit

Change = Callable[[Proposal], None]


@bp.get("/aspects/<int:aspect_id>")
def aspect(aspect_id: int) -> Answer:
    """An aspect with where it came from, what is answered, and what is proposed."""
    subject = found(Aspect, aspect_id)
    person = somebody_in(subject.poll.event)
    require(person, "proposals.see_aspect", subject)
    page, order = frame.page_context(subject.poll.event, person), wanted_order()
    return render_template(
        "proposals/aspect.html",
        section=queries.sections_of([subject], order)[0],
        order=order,
        poll=subject.poll,
        concerns=concern_cards(Concern.aspect_id == subject.id, visible_concerns()),
        **page,
    )


@bp.post("/aspects/<int:aspect_id>/proposals")
@limited(WRITING, "proposals")
def write(aspect_id: int) -> Answer:
    """Propose a solution."""
    sent = sent_draft()
    if sent.wants_preview:
        return _new_page(*_writable(found(Aspect, aspect_id)), sent)
    words = sent.words(LONGEST_PROPOSAL)
    with transaction():
        locked(FlashPoll, found(Aspect, aspect_id).poll_id, shared=True)
        subject, person = _writable(found(Aspect, aspect_id))
        proposal, _new = actions.write_proposal(subject, person, words, sent.key)
    return done(
        url_for(".aspect", aspect_id=aspect_id),
        *own_streams(proposal, person),
    )


def _writable(subject: Aspect) -> tuple[Aspect, Participant]:
    person = somebody_in(subject.poll.event)
    require(person, "proposals.write", subject)
    return subject, person


@bp.get("/proposals/<int:proposal_id>")
def show(proposal_id: int) -> Answer:
    """A proposal with its discussion."""
    proposal = found(Proposal, proposal_id)
    event = proposal.thread.event
    person = somebody_in(event)
    require(person, "proposals.see", proposal)
    page = frame.page_context(event, person)
    return render_template(
        "proposals/proposal.html",
        **queries.pages_by_id([proposal.id])[proposal.id],
        aspect=proposal.aspect,
        thread_version=outbox.position(proposal.thread.channel),
        discussion=discussion(proposal.thread),
        **page,
    )


def _own(proposal: Proposal) -> Participant:
    person = somebody_in(proposal.thread.event)
    require(person, "proposals.edit", proposal)
    return person


def _held(proposal_id: int) -> Proposal:
    proposal = locked(Proposal, proposal_id)
    locked(Thread, proposal.thread_id)  # nobody comments while we look for comments
    return proposal


def _prepared(_proposal: Proposal, _person: Participant, sent: Draft) -> Change:
    words = sent.words(LONGEST_PROPOSAL)
    return lambda proposal: actions.edit_proposal(proposal, words)


def _where(proposal: Proposal) -> str:
    return url_for(".show", proposal_id=proposal.id)


@bp.get("/proposals/<int:proposal_id>/edit")
def edit_form(proposal_id: int) -> Answer:
    """The field to say it differently."""
    return _desk.open(proposal_id)


@bp.post("/proposals/<int:proposal_id>")
@limited(WRITING, "proposals")
def edit(proposal_id: int) -> Answer:
    """Say it differently."""
    return _desk.save(proposal_id)


@bp.delete("/proposals/<int:proposal_id>")
def withdraw(proposal_id: int) -> Response:
    """Take it back."""
    proposal, person = _desk.take_back(proposal_id)
    away = url_for(".aspect", aspect_id=proposal.aspect_id)
    said = (
        _("Your proposal is withdrawn.")
        if proposal.is_withdrawn
        else _("Others build on your proposal, so it stays, without your name.")
    )
    parts = [*own_streams(proposal, person), notice(said)]
    if urlsplit(request.referrer or "").path == url_for(".show", proposal_id=proposal_id):
        parts.append(visit(away))
    return done(away, *parts)


def _new_page(subject: Aspect, person: Participant, sent: Draft) -> str:
    require_taking(subject)
    return render_template(
        "forums/write.html",
        heading=subject.title,
        sent=sent,
        most=LONGEST_PROPOSAL,
        action=url_for(".write", aspect_id=subject.id),
        button=_("Propose"),
        preview=_preview(sent),
        back=url_for(".aspect", aspect_id=subject.id),
        kept=f"proposal-new-{subject.id}",
        **frame.page_context(subject.poll.event, person),
    )


def _edit_page(proposal: Proposal, person: Participant, sent: Draft) -> str:
    return render_template(
        "forums/write.html",
        heading=_("Edit your proposal"),
        sent=sent,
        most=LONGEST_PROPOSAL,
        action=url_for(".edit", proposal_id=proposal.id),
        button=_("Save"),
        preview=_preview(sent),
        back=url_for(".show", proposal_id=proposal.id),
        kept=f"proposal-{proposal.id}",
        **frame.page_context(proposal.thread.event, person),
    )


def _preview(sent: Draft) -> Markup | None:
    return preview_of(sent.text, LONGEST_PROPOSAL) if sent.wants_preview else None


_desk = Desk(Proposal, _held, _own, _edit_page, _prepared, actions.withdraw_proposal, _where)
