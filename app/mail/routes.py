"""The outbox: where mail can be read that no mail server takes away."""

from flask import Blueprint, current_app, render_template
from flask_login import login_required
from sqlalchemy import select

from app.accounts.permissions import require_admin
from app.extensions import db
from app.mail.models import Mail

SHOWN = 100

bp = Blueprint("mail", __name__)


@bp.get("/mail/outbox")
@login_required
def outbox() -> str:
    """The last mails; with a mail server only how they fare, since their links are for others."""
    require_admin()
    mails = db.session.scalars(select(Mail).order_by(Mail.id.desc()).limit(SHOWN)).all()
    sends = current_app.extensions["settings"].smtp_url is not None
    return render_template("mail/outbox.html", mails=mails, sends=sends)
