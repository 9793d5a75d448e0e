"""The route of profiles."""

from flask import Blueprint, render_template

from app.errors import NeedsSignIn
from app.profiles import queries
from app.spaces.identity import present_account

bp = Blueprint("profiles", __name__)


@bp.get("/members/<int:account_id>")
def show(account_id: int) -> str:
    """Somebody's function, municipality, what they can help with, and what they have posted."""
    reader = present_account()
    if reader is None:
        raise NeedsSignIn
    person = queries.person_for(reader, account_id)
    spaces = queries.shared_spaces(reader, person)
    return render_template(
        "profiles/show.html",
        person=person,
        is_own=person.id == reader.id,
        spaces=spaces,
        roles=queries.roles(person, spaces),
        posts=queries.recent_posts(reader, person),
    )
