"""A programme's structure from lists: looked through first, then made with one button."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.database import found, locked, transaction
from app.errors import NotFound
from app.limits import KEEPING, limited
from app.spaces import actions
from app.spaces.frame import page_context
from app.spaces.identity import member_in, steward_of
from app.spaces.models import Space
from app.spaces.programme import ProgrammePlan, planned
from app.spaces.routes import Answer, bp
from app.spaces.routes.front import stewarded
from app.spaces.routes.invitations import uploaded_text


def _programme(space_id: int) -> Space:
    """The top of a tree, looked after by the person on the other side."""
    space = stewarded(space_id)
    if space.parent_id is not None:
        raise NotFound
    return space


@bp.get("/spaces/<int:space_id>/programme")
def programme(space_id: int) -> str:
    """Choose the lists."""
    space = _programme(space_id)
    return render_template("spaces/programme.html", **page_context(space, member_in(space)))


@bp.post("/spaces/<int:space_id>/programme")
@limited(KEEPING, "programmes")
def build(space_id: int) -> Answer:
    """Show what the lists would make; sent once more from there, make it: all, or nothing."""
    space = _programme(space_id)
    people, municipalities = uploaded_text("people"), uploaded_text("municipalities")
    with_groups = "with_groups" in request.form
    plan = planned(space, steward_of(space), people, municipalities, with_groups=with_groups)
    if "confirmed" not in request.form or plan.complaints:
        return _preview(space, plan, people, municipalities, with_groups=with_groups)
    with transaction():
        space = locked(Space, space_id)
        founder = steward_of(space)
        plan = planned(space, founder, people, municipalities, with_groups=with_groups)
        if not plan.complaints:
            actions.build(space, founder, plan)
    if plan.complaints:
        space = found(Space, space_id)
        return _preview(space, plan, people, municipalities, with_groups=with_groups)
    flash(_("All of it is made. Who has a mail address gets an invitation."))
    return _made(space_id)


def _made(space_id: int) -> Response:
    return redirect(url_for(".invitations", space_id=space_id), 303)


def _preview(
    space: Space, plan: ProgrammePlan, people: str, municipalities: str, *, with_groups: bool
) -> Answer:
    page = render_template(
        "spaces/programme_preview.html",
        **page_context(space, member_in(space)),
        plan=plan,
        people_text=people,
        municipalities_text=municipalities,
        with_groups=with_groups,
    )
    return page, 422 if plan.complaints else 200
