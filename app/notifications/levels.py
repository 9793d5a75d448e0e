"""Levels: of how much somebody is told about a thread, and where that was set.

A thread's own setting counts before its space's, that before the one for everything.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, Select, func, literal, select

from app.extensions import db
from app.forums.models import Thread
from app.forums.permissions import threads_readable_by
from app.notifications.models import Level, Preferences, Rhythm, SpaceLevel, ThreadLevel
from app.spaces.models import Space
from app.spaces.permissions import reads
from config import TIME_ZONE

STANDARD = Level.MENTIONS
ALL_SPACES = _l("All spaces")
NAMES = {
    Level.ALL: _l("about everything"),
    Level.MENTIONS: _l("when somebody addresses me"),
    Level.DIGEST: _l("in a digest"),
    Level.SILENT: _l("about nothing"),
}
EFFECTS = {
    Level.ALL: _l("You get a mail about each new post; many at once come together."),
    Level.MENTIONS: _l("You get a mail when somebody names you or answers you."),
    Level.DIGEST: _l("New posts come together in one mail, on the day and at the hour you chose."),
    Level.SILENT: _l("You are not notified of anything here, neither by mail nor in the page."),
}


@dataclass(frozen=True)
class Setting:
    """What counts at a place, what was chosen right there, and what would count otherwise."""

    own: Level | None
    inherited: Level
    source: Any  # the name of where the inherited level was set

    @property
    def level(self) -> Level:
        """What counts."""
        return self.own or self.inherited

    @property
    def effect(self) -> Any:
        """What that means, as a sentence."""
        return EFFECTS[self.level]


def level_about(
    account_id: ColumnElement[int] | Any, thread_id: Any, space_id: Any
) -> ColumnElement[Any]:
    """The level of an account about a thread, as a column of a query with accounts."""
    columns = [part.scalar_subquery() for part in _choices(account_id, thread_id, space_id)]
    return func.coalesce(*columns, literal(STANDARD.value))


def preferences_of(account_id: int) -> Preferences:
    """What somebody has chosen for everything; the standard where they have chosen nothing."""
    kept = db.session.get(Preferences, account_id)
    return kept or Preferences(
        account_id=account_id,
        level=STANDARD,
        rhythm=Rhythm.WEEKLY,
        weekday=0,
        hour=8,
        time_zone=TIME_ZONE,
        event_digest=True,
    )


def about_space(account_id: int, space: Space) -> Setting:
    """What somebody is told of in a space."""
    _thread, own, of_all = _chosen(account_id, 0, space.id)
    return Setting(own, of_all or STANDARD, ALL_SPACES)


def about_thread(account_id: int, thread: Thread) -> Setting:
    """What somebody is told of about a forum's thread."""
    space = thread.forum.space
    own, of_space, of_all = _chosen(account_id, thread.id, space.id)
    if of_space is not None:
        return Setting(own, of_space, space.name)
    return Setting(own, of_all or STANDARD, ALL_SPACES)


def _chosen(account_id: int, thread_id: int, space_id: int) -> Sequence[Level | None]:
    """What somebody has chosen for a thread, a space, and everything: one query."""
    columns = [part.scalar_subquery() for part in _choices(account_id, thread_id, space_id)]
    return db.session.execute(select(*columns)).one()


def _choices(account_id: Any, thread_id: Any, space_id: Any) -> Sequence[Select[Any]]:
    of_thread = select(ThreadLevel.level).where(
        ThreadLevel.account_id == account_id, ThreadLevel.thread_id == thread_id
    )
    of_space = select(SpaceLevel.level).where(
        SpaceLevel.account_id == account_id, SpaceLevel.space_id == space_id
    )
    of_all = select(Preferences.level).where(Preferences.account_id == account_id)
    return (
        of_thread.correlate_except(ThreadLevel),
        of_space.correlate_except(SpaceLevel),
        of_all.correlate_except(Preferences),
    )


def own_levels(account_id: int) -> Mapping[str, Iterable[Any]]:
    """Where somebody has chosen something of its own, for the spaces and threads they may read."""
    spaces = db.session.execute(
        select(Space, SpaceLevel.level)
        .join(SpaceLevel, SpaceLevel.space_id == Space.id)
        .where(SpaceLevel.account_id == account_id, reads(account_id))
        .order_by(Space.name)
    ).all()
    threads = db.session.execute(
        select(Thread, ThreadLevel.level)
        .join(ThreadLevel, ThreadLevel.thread_id == Thread.id)
        .where(ThreadLevel.account_id == account_id, threads_readable_by(account_id))
        .order_by(Thread.last_post_id.desc())
        .limit(100)
    ).all()
    return {"spaces": spaces, "threads": threads}
