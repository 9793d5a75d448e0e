"""What I was told of, by thread."""

from flask import render_template
from flask_login import login_required

from app import outbox
from app.accounts.permissions import signed_in
from app.database import transaction
from app.notifications import actions, queries
from app.notifications.routes import bp


@bp.get("/notifications")
@login_required
def listing() -> str:
    """All that is new, and what was before; whoever looks has seen it."""
    account = signed_in()
    version = outbox.position(account.channel)
    groups = queries.groups(account.id)
    page = render_template(
        "notifications/listing.html", account=account, groups=groups, version=version
    )
    new = [one.post.id for group in groups for one in group.told if one.is_new]
    if new:
        with transaction():
            actions.mark_seen(account.id, new)
    return page
