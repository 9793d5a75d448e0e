"""Hours: when the next digest comes, in somebody's own time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from app.notifications.models import Preferences, Rhythm

TIME_ZONES = tuple(
    sorted(zone for zone in available_timezones() if zone.startswith(("Europe/", "Atlantic/")))
)


def next_digest(preferences: Preferences, after: datetime) -> datetime | None:
    """The next moment, in UTC, at which a digest is due; none where none is wished for.

    An hour that the clocks pass over comes an hour later; one that comes twice counts once.
    """
    if preferences.rhythm == Rhythm.NEVER:
        return None
    zone = ZoneInfo(preferences.time_zone)
    here = after.astimezone(zone)
    day = here.replace(hour=preferences.hour, minute=0, second=0, microsecond=0, fold=0)
    if preferences.rhythm == Rhythm.WEEKLY:
        day += timedelta(days=(preferences.weekday - day.weekday()) % 7)
    step = timedelta(days=1 if preferences.rhythm == Rhythm.DAILY else 7)
    while day.astimezone(UTC) <= after:
        day += step
    return day.astimezone(UTC)
