"""What others ask before they write to somebody."""

from sqlalchemy import ColumnElement, select

from app.accounts.models import Account
from app.notifications.models import Preferences


def unwanted_event_digests() -> ColumnElement[bool]:
    """Which accounts do not wish to get what came out of an event."""
    unwilling = select(Preferences.account_id)
    return Account.id.in_(unwilling.where(Preferences.event_digest.is_(False)))
