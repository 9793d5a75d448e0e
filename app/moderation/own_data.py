"""An account's part in moderation: what it has reported, and done as a coordinator."""

from typing import Any

from sqlalchemy import select, update

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.extensions import db
from app.moderation.models import ModerationEntry, PostReport


def _reports(account: Account) -> list[dict[str, Any]]:
    reports = db.session.scalars(
        select(PostReport).where(PostReport.account_id == account.id).order_by(PostReport.id)
    )
    return [
        {
            "post": report.post_id,
            "reason": report.reason,
            "created_at": report.created_at.isoformat(),
            "outcome": report.outcome.value if report.outcome else None,
        }
        for report in reports
    ]


def _entries(account: Account) -> list[dict[str, Any]]:
    entries = db.session.scalars(
        select(ModerationEntry)
        .where(ModerationEntry.account_id == account.id)
        .order_by(ModerationEntry.id)
    )
    return [
        {
            "deed": entry.deed,
            "thread": entry.title,
            "reason": entry.reason,
            "created_at": entry.created_at.isoformat(),
        }
        for entry in entries
    ]


def _delete_reports(account: Account, keep_words: bool) -> None:
    """A report stays to be decided about, without the name; its reason goes with the words."""
    words = {} if keep_words else {"reason": ""}
    theirs = update(PostReport).where(PostReport.account_id == account.id)
    db.session.execute(theirs.values(account_id=None, **words))


def _delete_entries(account: Account, _keep_words: bool) -> None:
    """What a coordinator has done stays in the log, without the name."""
    theirs = update(ModerationEntry).where(ModerationEntry.account_id == account.id)
    db.session.execute(theirs.values(account_id=None))


reports_part = OwnPart("reports", _reports, _delete_reports)
entries_part = OwnPart("moderation", _entries, _delete_entries)
