"""Gathering concerns: into new aspects, from one into another, or out of all."""

from flask import render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.database import found, transaction
from app.errors import Invalid
from app.events.identity import participant_in
from app.events.models import Participant
from app.extensions import db
from app.livepolls.board import actions
from app.livepolls.board.actions.placing import checked_title
from app.livepolls.board.conflicts import RenamedSince, asking
from app.livepolls.board.routes.holding import (
    aspect_of,
    moderated,
    moderated_aspect,
    picked_in,
    sorted_on,
)
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.routes import bp
from app.permissions import require


@bp.post("/polls/<int:poll_id>/aspects")
@asking
def create_aspect(poll_id: int) -> Response:
    """A new aspect of the marked concerns."""
    with transaction():
        poll, person = moderated(poll_id)
        title = request.form.get("title", "")
        actions.create_aspect(poll, title, picked_in(poll), person)
    return sorted_on(poll)


@bp.post("/polls/<int:poll_id>/loose")
@asking
def set_free(poll_id: int) -> Response:
    """Put concerns into no aspect."""
    with transaction():
        poll, person = moderated(poll_id)
        actions.move_concerns(poll, picked_in(poll), None, person)
    return sorted_on(poll)


@bp.post("/aspects/<int:aspect_id>/concerns")
@asking
def move(aspect_id: int) -> Response:
    """Put concerns into an aspect."""
    with transaction():
        aspect, person = moderated_aspect(aspect_id)
        actions.move_concerns(aspect.poll, picked_in(aspect.poll), aspect, person)
    return sorted_on(aspect.poll)


@bp.get("/concerns/<int:concern_id>/place")
def place_form(concern_id: int) -> str:
    """The list of aspects to choose from, for those who don't drag."""
    concern = found(Concern, concern_id)
    require(participant_in(concern.poll.event), "livepolls.moderate", concern)
    return render_template("livepolls/board/place.html", concern=concern, poll=concern.poll)


@bp.post("/polls/<int:poll_id>/places")
@asking
def place(poll_id: int) -> Response:
    """Put concerns where a list says: `into` is an aspect's id, new, or nothing for none."""
    with transaction():
        poll, person = moderated(poll_id)
        _place(poll, request.form.get("into", ""), person)
    return sorted_on(poll)


def _place(poll: FlashPoll, wanted: str, person: Participant) -> None:
    ids = picked_in(poll)
    if wanted == "new":
        actions.create_aspect(poll, "", ids, person)
    else:
        actions.move_concerns(poll, ids, aspect_of(poll, wanted), person)


@bp.post("/aspects/<int:aspect_id>/title")
@asking
def rename(aspect_id: int) -> Response:
    """Give an aspect another title; `was` is the one that somebody saw when they began."""
    with transaction():
        aspect, person = moderated_aspect(aspect_id)
        title = _sent("title", aspect_id) or ""
        was = _sent("was", aspect_id)
        if was not in (None, aspect.title) and checked_title(title) != aspect.title:
            raise RenamedSince(aspect, checked_title(title))
        actions.rename_aspect(aspect, title, person)
    return sorted_on(aspect.poll)


def _sent(name: str, aspect_id: int) -> str | None:
    """A field of one aspect; the board has those of all in one form."""
    return request.form.get(f"{name}-{aspect_id}", request.form.get(name))


@bp.get("/aspects/<int:aspect_id>/merger")
def merger_form(aspect_id: int) -> str:
    """The list of aspects that another can be put into, for those who don't drag."""
    aspect = found(Aspect, aspect_id)
    require(participant_in(aspect.poll.event), "livepolls.moderate", aspect)
    others = select(Aspect).where(Aspect.poll_id == aspect.poll_id, Aspect.id != aspect_id)
    return render_template(
        "livepolls/board/merger.html",
        aspect=aspect,
        poll=aspect.poll,
        others=db.session.scalars(others.order_by(Aspect.title)).all(),
    )


@bp.post("/aspects/<int:aspect_id>/merger")
def merge(aspect_id: int) -> Response:
    """Put all of one aspect into another."""
    with transaction():
        other, person = moderated_aspect(aspect_id)
        kept = aspect_of(other.poll, request.form.get("into", ""))
        if kept is None:
            raise Invalid
        actions.merge_aspects(kept, other, person)
    return sorted_on(kept.poll)


@bp.delete("/aspects/<int:aspect_id>")
def dissolve(aspect_id: int) -> Response:
    """Set the concerns of an aspect free."""
    with transaction():
        aspect, person = moderated_aspect(aspect_id)
        poll = aspect.poll
        actions.dissolve_aspect(aspect, person)
    return sorted_on(poll)
