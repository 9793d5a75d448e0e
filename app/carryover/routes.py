"""From an event to threads, and from what stands in a thread back to the event."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.addresses import page_before
from app.carryover import actions, queries, sites
from app.carryover.forms import Choice, first_words, sent_choice
from app.carryover.models import CarriedPiece, CarriedThread
from app.carryover.sources import sources_of
from app.database import found, locked, transaction
from app.errors import Invalid, NotFound
from app.events.frame import page_context
from app.events.identity import participant_in, somebody_in
from app.events.models import Event, Participant
from app.events.queries import event_by_code
from app.forums.identity import member_about
from app.forums.models import LONGEST_POST, Forum
from app.forums.quotes import LONGEST_QUOTE
from app.permissions import require
from app.richtext import written
from app.spaces.identity import member_in, present_account
from app.spaces.identity import somebody_in as somebody_in_space
from app.spaces.models import Space

Answer = str | Response | tuple[str, int]
bp = Blueprint("carryover", __name__)


def _moderated(code: str) -> tuple[Event, Participant]:
    event = event_by_code(code)
    person = somebody_in(event)
    require(person, "carryover.carry", event)
    return event, person


@bp.get("/e/<code>/carry-over")
def choose(code: str) -> str:
    """Which aspects and rooms go on, and in which forum."""
    event, person = _moderated(code)
    account = present_account()
    places = queries.places_for(account.id) if account else []
    return render_template(
        "carryover/choose.html",
        **page_context(event, person),
        account=account,
        sources=sources_of(event),
        threads=queries.threads_from(event.id, account.id if account else None),
        places=places,
        usual=queries.usual_place(event, places),
        words=first_words(event),
        most=LONGEST_POST,
    )


@bp.post("/e/<code>/carry-over")
def carry(code: str) -> Answer:
    """Carry it over; where nobody can tell where to, a page asks."""
    event, _person = _moderated(code)
    account = present_account()
    places = queries.places_for(account.id) if account else []
    choice = sent_choice(event, places, queries.usual_place(event, places))
    if choice.place is None:
        return redirect(url_for(".choose", code=event.code), 303)
    words = written(choice.words, LONGEST_POST) if choice.words else None
    with transaction():
        event, _person = _moderated(code)
        locked(Event, event.id)  # two clicks at once are one after the other
        sources = choice.of(sources_of(event))
        if not sources:
            raise Invalid(_("Please choose at least one aspect or room."))
        forum = _forum(event, choice)
        member = somebody_in_space(forum.space)
        done = actions.carry_over(event, forum, member, sources, words)
        said = _said(done, forum)
    flash(said)
    return redirect(page_before(otherwise=url_for("results.show", code=event.code)), 303)


def _forum(event: Event, choice: Choice) -> Forum:
    """The chosen forum, held; a new one is made by who coordinates its space."""
    assert choice.place is not None
    if choice.place.forum is None:
        space = locked(Space, choice.place.space.id, shared=True)
        require(member_in(space), "spaces.coordinate", space)
        return actions.forum_named(event, space, choice.title)
    forum = locked(Forum, choice.place.forum.id)
    require(member_in(forum.space), "spaces.write", forum.space)
    return forum


def _said(done: actions.CarriedOver, forum: Forum) -> str:
    if done.new:
        return ngettext(
            "%(num)d new thread stands in “%(forum)s” now.",
            "%(num)d new threads stand in “%(forum)s” now.",
            len(done.new),
            forum=forum.title,
        )
    if done.grown:
        return ngettext(
            "%(num)d thread in “%(forum)s” has what was said since.",
            "%(num)d threads in “%(forum)s” have what was said since.",
            len(done.grown),
            forum=forum.title,
        )
    return _("All of it stands in “%(forum)s” already.", forum=forum.title)


@bp.get("/carried-threads/<int:carried_id>/source")
def source_of_thread(carried_id: int) -> Answer:
    """From a thread to the aspect or the room that it came from."""
    carried = found(CarriedThread, carried_id)
    return _back_to(carried, lambda: sites.page_of_thread(carried))


@bp.get("/carried-pieces/<int:piece_id>/source")
def source_of_piece(piece_id: int) -> Answer:
    """From something said in an event to where it was said."""
    piece = found(CarriedPiece, piece_id)
    return _back_to(piece.carried, lambda: sites.page_of(piece), gone=piece.gone_at is not None)


@bp.get("/carried-pieces/<int:piece_id>/quote")
def quote(piece_id: int) -> Response:
    """How a post quotes it: in Markdown, with a link and without a name, which has its end."""
    piece = found(CarriedPiece, piece_id)
    thread = piece.carried.thread
    require(member_about(thread), "forums.write", thread)
    if piece.gone_at is not None:
        raise NotFound
    said = _("Said in “%(event)s”:", event=_plain(piece.carried.event.title))
    lines = [f"[{said}]({url_for('.source_of_piece', piece_id=piece.id)})", ""]
    lines += piece.text[:LONGEST_QUOTE].splitlines()
    quoted = "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"
    return Response(quoted, mimetype="text/plain")


def _plain(title: str) -> str:
    """A title that does not end the link."""
    return "".join(letter for letter in title if letter not in "[]()")


def _back_to(carried: CarriedThread, page: Any, *, gone: bool = False) -> Answer:
    """Into the event for those who took part; to others it is said kindly."""
    member = member_about(carried.thread)
    require(member, "forums.read", carried.thread)
    if gone:
        raise NotFound
    if participant_in(carried.event) is not None:
        return redirect(page())
    space_id = carried.event.space_id
    at_home = member_in(found(Space, space_id)) if space_id else None
    return render_template("carryover/elsewhere.html", carried=carried, may_join=at_home)
