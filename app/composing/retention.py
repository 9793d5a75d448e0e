"""Drafts have an end: what nobody went on with for long is thrown away."""

from datetime import timedelta

from sqlalchemy import delete

from app import clockwork
from app.composing.models import Draft
from app.database import now, transaction

KEPT = timedelta(days=180)


@clockwork.every(86400)
def drop_old() -> None:
    """Throw away drafts that were left for half a year."""
    with transaction() as session:
        session.execute(delete(Draft).where(Draft.updated_at < now() - KEPT))
