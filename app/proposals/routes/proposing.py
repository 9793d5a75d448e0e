"""Writing, supporting and reading proposals, and the page of an aspect."""

from urllib.parse import urlsplit

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import outbox
from app.database import found, locked, transaction
from app.events import frame
from app.events.identity import participant_in, somebody_in
from app.events.models import Participant
from app.extensions import limiter
from app.forums.drafts import Draft, preview_of, sent_draft
from app.forums.models import Thread
from app.forums.queries import discussion
from app.identity import who
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.permissions import visible_to_all as visible_concerns
from app.livepolls.queries import cards as concern_cards
from app.permissions import require
from app.proposals import actions, broadcasts, queries
from app.proposals.models import LONGEST_PROPOSAL, Proposal, require_taking
from app.proposals.routes import bp
from app.realtime.audiences import View
from app.responses import done, notice, visit

Answer = str | Response


@bp.get("/aspects/<int:aspect_id>")
def aspect(aspect_id: int) -> Answer:
    """An aspect with where it came from, what is answered, and what is proposed."""
    subject = found(Aspect, aspect_id)
    person = somebody_in(subject.poll.event)
    require(person, "proposals.see_aspect", subject)
    page = frame.page_context(subject.poll.event, person)
    return render_template(
        "proposals/aspect.html",
        section=queries.sections_of([subject])[0],
        poll=subject.poll,
        concerns=concern_cards(Concern.aspect_id == subject.id, visible_concerns()),
        **page,
    )


@bp.post("/aspects/<int:aspect_id>/proposals")
@limiter.limit("20 per minute", key_func=lambda: f"proposals {who()}")
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


def own_streams(proposal: Proposal, person: Participant) -> list[Markup]:
    """What changes at once on the page of the one who did it."""
    version = outbox.position(proposal.thread.event.channel)
    context = queries.cards_by_id([proposal.id]).get(proposal.id)
    card = broadcasts.proposal.stream(proposal.id, context, View.HALL, version)
    return [card, *own_marks(person)]


def own_marks(person: Participant) -> list[Markup]:
    """What is this person's own, as it stands now."""
    version = outbox.position(person.channel)
    return frame.personal_streams(person, version, broadcasts.marks)


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
        card=queries.card_of(proposal),
        aspect=proposal.aspect,
        thread_version=outbox.position(proposal.thread.channel),
        discussion=discussion(proposal.thread),
        **page,
    )


def _own(proposal: Proposal) -> Participant:
    person = somebody_in(proposal.thread.event)
    require(person, "proposals.edit", proposal)
    return person


@bp.get("/proposals/<int:proposal_id>/edit")
def edit_form(proposal_id: int) -> Answer:
    """The field to say it differently."""
    proposal = found(Proposal, proposal_id)
    return _edit_page(proposal, _own(proposal), Draft(proposal.text, "", False))


@bp.post("/proposals/<int:proposal_id>")
@limiter.limit("20 per minute", key_func=lambda: f"proposals {who()}")
def edit(proposal_id: int) -> Answer:
    """Say it differently."""
    sent = sent_draft()
    if sent.wants_preview:
        proposal = found(Proposal, proposal_id)
        return _edit_page(proposal, _own(proposal), sent)
    words = sent.words(LONGEST_PROPOSAL)
    with transaction():
        proposal = locked(Proposal, proposal_id)
        _own(proposal)
        actions.edit_proposal(proposal, words)
    return redirect(url_for(".show", proposal_id=proposal_id), 303)


@bp.delete("/proposals/<int:proposal_id>")
def withdraw(proposal_id: int) -> Response:
    """Take it back."""
    with transaction():
        proposal = locked(Proposal, proposal_id)
        locked(Thread, proposal.thread_id)  # nobody comments while we look for comments
        person = _own(proposal)
        actions.withdraw_proposal(proposal, person)
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


@bp.post("/proposals/<int:proposal_id>/support")
@limiter.limit("240 per minute", key_func=lambda: f"proposal supports {who()}")
def support(proposal_id: int) -> Response:
    """Support it, or take that back when `supported` is 0."""
    return _support(proposal_id, request.form.get("supported") != "0")


@bp.put("/proposals/<int:proposal_id>/support")
@limiter.limit("240 per minute", key_func=lambda: f"proposal supports {who()}")
def put_support(proposal_id: int) -> Response:
    """Support it."""
    return _support(proposal_id, True)


@bp.delete("/proposals/<int:proposal_id>/support")
@limiter.limit("240 per minute", key_func=lambda: f"proposal supports {who()}")
def take_back(proposal_id: int) -> Response:
    """Support it no longer."""
    return _support(proposal_id, False)


def _support(proposal_id: int, wanted: bool) -> Response:
    with transaction():
        proposal = locked(Proposal, proposal_id, shared=True)
        person = participant_in(proposal.thread.event)
        require(person, "proposals.support", proposal)
        assert person is not None
        actions.support(proposal, person, wanted)
    return done(url_for(".show", proposal_id=proposal_id), *own_streams(proposal, person))


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
