"""All spaces as an admin looks after them: the trees, and how many people are where."""

from flask import render_template

from app.errors import NeedsSignIn, Refused
from app.spaces.identity import present_account
from app.spaces.queries import people_counts
from app.spaces.routes import bp
from app.spaces.trees import whole_forest


@bp.get("/spaces/administration")
def administration() -> str:
    """Every space, and how many people and coordinators it has."""
    account = present_account()
    if account is None:
        raise NeedsSignIn
    if not account.is_admin:
        raise Refused
    return render_template(
        "spaces/administration.html",
        branches=whole_forest(account.id),
        counts=people_counts(),
    )
