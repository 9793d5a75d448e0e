"""Invitations do not stay for ever: neither those nobody answered, nor what is left of answers."""

from datetime import timedelta

from sqlalchemy import delete, select

from app import clockwork
from app.database import now, transaction
from app.extensions import db
from app.spaces.models import Invitation

KEPT = timedelta(days=180)


@clockwork.every(3600)
def drop_old_invitations() -> None:
    """Forget invitations that were sent half a year ago; who is only noted by name stays."""
    old = Invitation.sent_at < now() - KEPT
    if db.session.scalar(select(Invitation.id).where(old).limit(1)) is not None:
        with transaction() as session:
            session.execute(delete(Invitation).where(old))
