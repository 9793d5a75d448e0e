"""What is kept about what somebody is told: to take along, and to delete."""

from typing import Any

from sqlalchemy import delete, select

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.extensions import db
from app.notifications import levels
from app.notifications.models import (
    MailLink,
    NotificationEntry,
    Preferences,
    SpaceLevel,
    ThreadLevel,
    ThreadMail,
)


def _export(account: Account) -> dict[str, Any]:
    chosen = levels.preferences_of(account.id)
    told = db.session.scalars(
        select(NotificationEntry)
        .where(NotificationEntry.account_id == account.id)
        .order_by(NotificationEntry.post_id)
    )
    return {
        "level": chosen.level.value,
        "digest": {
            "rhythm": chosen.rhythm.value,
            "weekday": chosen.weekday,
            "hour": chosen.hour,
            "time_zone": chosen.time_zone,
        },
        "event_digest": chosen.event_digest,
        "spaces": _levels(SpaceLevel, SpaceLevel.space_id, account.id),
        "threads": _levels(ThreadLevel, ThreadLevel.thread_id, account.id),
        "told": [
            {
                "post": entry.post_id,
                "reason": entry.reason.value,
                "by": entry.told_by.value if entry.told_by else None,
                "at": entry.created_at.isoformat(),
            }
            for entry in told
        ],
    }


def _levels(table: Any, place: Any, account_id: int) -> dict[str, str]:
    rows = db.session.execute(select(place, table.level).where(table.account_id == account_id))
    return {str(id): level.value for id, level in rows}


def _delete(account: Account, _keep_words: bool) -> None:
    for table in (MailLink, NotificationEntry, Preferences, SpaceLevel, ThreadLevel, ThreadMail):
        db.session.execute(delete(table).where(table.account_id == account.id))


part = OwnPart("notifications", _export, _delete)
