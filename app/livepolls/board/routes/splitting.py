"""Making two concerns of one that holds two."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.database import found, locked, transaction
from app.errors import Invalid, NotFound
from app.events.identity import participant_in
from app.events.models import Participant
from app.livepolls.board import actions, queries
from app.livepolls.board.conflicts import SplitSince, asking
from app.livepolls.board.routes.holding import GONE, aspect_of, moderated
from app.livepolls.grouping.parts import proposed_cut
from app.livepolls.models import Concern
from app.livepolls.routes import bp
from app.permissions import require
from app.submissions import tidied

Texts = tuple[str, str]


@bp.get("/concerns/<int:concern_id>/parts")
def parts_form(concern_id: int) -> str:
    """The two fields, with the cut that seems likely, and where the second one seems to belong."""
    concern = found(Concern, concern_id)
    require(participant_in(concern.poll.event), "livepolls.moderate", concern)
    if concern.withdrawn_at is not None:
        raise NotFound(GONE)
    home = queries.other_home(concern)
    return _page(concern, proposed_cut(concern.text), into=str(home.id) if home else None)


@bp.post("/concerns/<int:concern_id>/parts")
@asking
def split(concern_id: int) -> Response | tuple[str, int]:
    """Split it; `was` is what somebody has read, and `into` where the second concern goes."""
    texts = (request.form.get("first", ""), request.form.get("second", ""))
    try:
        second_id = _split(concern_id, texts)
    except Invalid as error:
        into = request.form.get("into")
        return _page(found(Concern, concern_id), texts, into, error), Invalid.status
    code = found(Concern, concern_id).poll.event.code
    return redirect(url_for("events.cockpit", code=code, _anchor=f"card-{second_id}"), 303)


def _split(concern_id: int, texts: Texts) -> int:
    with transaction():
        concern, person = _moderated_concern(concern_id)
        into = aspect_of(concern.poll, request.form.get("into", ""))
        if tidied(request.form.get("was", concern.text)) != concern.text:
            raise SplitSince(concern, texts)
        return actions.split_concern(concern, *texts, into, person).id


def _moderated_concern(concern_id: int) -> tuple[Concern, Participant]:
    """The concern, held with its poll; its author may have taken it back in the meantime."""
    _poll, person = moderated(found(Concern, concern_id).poll_id)
    concern = locked(Concern, concern_id)
    if concern.withdrawn_at is not None:
        raise NotFound(GONE)
    return concern, person


def _page(concern: Concern, texts: Texts, into: str | None, error: Any = None) -> str:
    poll = concern.poll
    context = {"concern": concern, "poll": poll, "texts": texts, "into": into, "error": error}
    was = request.form.get("was", concern.text)
    return render_template("livepolls/board/parts.html", **context, was=was)
