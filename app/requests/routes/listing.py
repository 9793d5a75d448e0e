"""All requests of a programme in one list, and each on its page."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.addresses import is_number
from app.commitments import State, sent_commitment
from app.database import found
from app.errors import NotFound
from app.events.identity import participant_in
from app.forums.drafts import Draft
from app.permissions import require
from app.requests import identity, queries
from app.requests.models import LONGEST_ANSWER, Request
from app.requests.routes import bp
from app.spaces.frame import page_context
from app.spaces.identity import member_in, somebody_in
from app.spaces.models import Member, Space


@bp.get("/spaces/<int:space_id>/requests")
def index(space_id: int) -> str:
    """What is asked of the centre, and where it stands; at the top of a tree."""
    space = found(Space, space_id)
    member = somebody_in(space)
    require(member, "spaces.read", space)
    if space.id != space.root_id:
        raise NotFound
    state, before = _asked_state(), request.args.get("before", "")
    page = page_context(space, member)
    return render_template(
        "requests/index.html",
        **page,
        window=queries.requests_in(
            space, member, state, int(before) if is_number(before) else None
        ),
        counts=queries.counts_in(space, member),
        state=state,
    )


def _asked_state() -> State | None:
    wanted = request.args.get("state", "")
    return State(wanted) if wanted in set(State) else None


@bp.get("/requests/<int:request_id>")
def show(request_id: int) -> str:
    """One request with its answers."""
    asked = found(Request, request_id)
    return page(asked, identity.somebody_about(asked), Draft("", "", False))


def page(asked: Request, member: Member, sent: Draft, **more: object) -> str:
    """A request's page, for a coordinator with the field for an answer."""
    space = found(Space, member.space_id)
    context = page_context(space, member)
    card = queries.card_of(asked)
    if card is None:
        raise NotFound(_("Nothing is asked here any more."))
    return render_template(
        "requests/show.html",
        **context,
        card=card,
        is_host=identity.host_about(asked) is not None,
        in_event=card.event is not None and participant_in(card.event) is not None,
        in_forum=member_in(card.space) is not None,
        list_url=_list_url(card.space),
        chosen=sent_commitment(request.form),
        most=LONGEST_ANSWER,
        sent=sent,
        **more,
    )


def _list_url(space: Space) -> str | None:
    """The list, for who may read the top of the tree."""
    root = found(Space, space.root_id)
    return url_for("requests.index", space_id=root.id) if member_in(root) else None
