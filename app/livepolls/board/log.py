"""Who did what to the board, and when: its lines, and whose is the next to be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app.events.models import Participant
from app.extensions import db
from app.livepolls.board.models import BoardAction
from app.livepolls.board.states import State
from app.livepolls.board.turning import way_of
from app.livepolls.models import FlashPoll

SHOWN = 12  # lines


@dataclass(frozen=True)
class LogLine:
    """One gesture, as it is told."""

    action: BoardAction
    who: str
    undone_by: str
    is_clear: bool = False  # nobody has touched since what it changed

    @property
    def at(self) -> datetime:
        """When it was, where the event takes place."""
        zone = ZoneInfo(self.action.poll.event.time_zone)
        return self.action.created_at.astimezone(zone)

    @property
    def count(self) -> int:
        """How many concerns it is about."""
        return len(self.action.changes.get("concerns", {}))

    @property
    def into(self) -> str:
        """The aspect that it led to, or that it was about."""
        return self._title(1) or self._title(0)

    @property
    def out_of(self) -> str:
        """The aspect that it led away from, or what one was called before."""
        return self._title(0)

    def _title(self, side: int) -> str:
        titles: dict[str, str] = self.action.changes.get("titles", {})
        for pair in self.action.changes.get("aspects", {}).values():
            if all(pair) and pair[0]["title"] != pair[1]["title"]:
                return str(pair[side]["title"])
        pairs = self.action.changes.get("concerns", {}).values()
        places = [str(pair[side]["aspect"]) for pair in pairs if pair[side]]
        return next((titles[at] for at in places if at in titles), "")


def lines(poll: FlashPoll, state: State) -> list[LogLine]:
    """The latest gestures, the newest first, held against the board as it is."""
    found = _lines(BoardAction.poll_id == poll.id, limit=SHOWN)
    return [
        LogLine(line.action, line.who, line.undone_by, way_of(line.action).is_clear(state))
        for line in found
    ]


def _lines(*conditions: ColumnElement[bool], limit: int) -> list[LogLine]:
    who, undoer = aliased(Participant), aliased(Participant)
    rows = db.session.execute(
        select(BoardAction, who.name, undoer.name)
        .outerjoin(who, who.id == BoardAction.participant_id)
        .outerjoin(undoer, undoer.id == BoardAction.undone_by_id)
        .where(*conditions)
        .order_by(BoardAction.id.desc())
        .limit(limit)
    )
    return [LogLine(action, name or "", other or "") for action, name, other in rows]


def last_about(
    poll: FlashPoll, concerns: Iterable[int], aspects: Iterable[int] = (), after: int = 0
) -> LogLine | None:
    """The latest gesture that stands and is about one of these."""
    ids, aspect_ids = {str(id) for id in concerns}, {str(id) for id in aspects}
    standing = (
        BoardAction.poll_id == poll.id,
        BoardAction.id > after,
        BoardAction.undone_at.is_(None),
    )
    for line in _lines(*standing, limit=SHOWN):
        changes = line.action.changes
        if ids & changes.get("concerns", {}).keys() or aspect_ids & set(changes["titles"]):
            return line
    return None


def to_undo(poll: FlashPoll, person: Participant) -> BoardAction | None:
    """The last gesture of this person that stands."""
    return _first(poll, person, BoardAction.undone_at.is_(None), order=BoardAction.id.desc())


def to_redo(poll: FlashPoll, person: Participant) -> BoardAction | None:
    """The first gesture that this person has undone since their last one that stands."""
    last = select(func.max(BoardAction.id)).where(
        BoardAction.poll_id == poll.id,
        BoardAction.participant_id == person.id,
        BoardAction.undone_at.is_(None),
    )
    since = BoardAction.id > func.coalesce(last.scalar_subquery(), 0)
    return _first(poll, person, BoardAction.undone_at.is_not(None), since, order=BoardAction.id)


def _first(
    poll: FlashPoll, person: Participant, *conditions: ColumnElement[bool], order: Any
) -> BoardAction | None:
    return db.session.scalar(
        select(BoardAction)
        .where(BoardAction.poll_id == poll.id, BoardAction.participant_id == person.id, *conditions)
        .order_by(order)
        .limit(1)
    )
