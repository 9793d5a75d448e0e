"""The front page of a space, and the list of all that somebody may read."""

from flask import render_template

from app.database import found, locked
from app.errors import NeedsSignIn
from app.permissions import require
from app.spaces import frame, trees
from app.spaces.frame import page_context
from app.spaces.identity import present_account, somebody_in, steward_of
from app.spaces.models import Member, Space
from app.spaces.routes import bp


def entered(space_id: int) -> tuple[Space, Member]:
    """The space and the person in it; raises unless they may read it."""
    space = found(Space, space_id)
    member = somebody_in(space)
    require(member, "spaces.read", space)
    return space, member


def stewarded(space_id: int) -> Space:
    """The space, if the person on the other side looks after it; raises otherwise."""
    space = found(Space, space_id)
    steward_of(space)
    return space


def held(space_id: int) -> Space:
    """The same for a change: the space is held before its steward is asked for."""
    space = locked(Space, space_id)
    steward_of(space)
    return space


@bp.get("/spaces")
def index() -> str:
    """All that I may read, as a tree."""
    account = present_account()
    if account is None:
        raise NeedsSignIn
    return render_template(
        "spaces/index.html",
        account=account,
        branches=trees.tree_of(account.id),
        news=frame.news(account.id),
    )


@bp.get("/spaces/<int:space_id>")
def show(space_id: int) -> str:
    """The front page."""
    space, member = entered(space_id)
    context = page_context(space, member)
    return render_template("spaces/show.html", **context, panels=frame.panels(space, member))
