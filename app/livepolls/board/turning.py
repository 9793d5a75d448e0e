"""A gesture that is to be undone or done again, held against the board as it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.livepolls.board.models import BoardAction
from app.livepolls.board.states import Changes, State, Values

Pair = tuple[Values | None, Values | None]
_UNSEEN = ("hidden", "waits")
_NO_PLACE = ("apart", *_UNSEEN)


@dataclass(frozen=True)
class Way:
    """What a gesture has changed, and the way it is to be turned."""

    changes: Changes
    is_undone: bool  # and so is to be done again
    turned_at: datetime  # last

    @property
    def _left(self) -> int:
        return 0 if self.is_undone else 1

    def pairs(self, part: str) -> dict[str, Pair]:
        """Each thing as it was left, and as it is wanted."""
        changed = self.changes.get(part, {})
        return {id: (pair[self._left], pair[1 - self._left]) for id, pair in changed.items()}

    @property
    def frozen(self) -> tuple[str | None, str | None] | None:
        """Since when the aspects were left chosen, and are wanted so; if that is what changed."""
        pair = self.changes.get("frozen")
        return None if pair is None else (pair[self._left], pair[1 - self._left])

    def moved(self) -> list[int]:
        """The concerns that it takes from one aspect to another, or none."""
        pairs = self.pairs("concerns").items()
        return [int(id) for id, (a, b) in pairs if _aspect_at(a) != _aspect_at(b)]

    @property
    def is_whole(self) -> bool:
        """Whether it is turned as a whole, or not at all."""
        return self.frozen is not None or bool(self.parted())

    def parted(self) -> dict[int, Pair]:
        """The concerns that come or go with it: second parts of those that were split."""
        pairs = self.pairs("concerns").items()
        return {int(id): pair for id, pair in pairs if None in pair}

    def obstacles(self, state: State) -> list[Any]:
        """Why concerns cannot be put together, or be split again."""
        return [state.obstacles[id] for id in map(str, self.parted()) if id in state.obstacles]

    def concerns_touched(self, state: State) -> list[int]:
        """The concerns that are no longer as the gesture left them."""
        return [
            int(id)
            for id, pair in self.pairs("concerns").items()
            if _is_touched(state.concerns.get(id), pair)
            or self._is_unread(id, pair, state)
            or (None in pair and id in state.obstacles)
        ]

    def aspects_touched(self, state: State) -> list[int]:
        """The aspects that are no longer as it left them, or would vanish under new concerns."""
        return [
            int(id)
            for id, pair in self.pairs("aspects").items()
            if _is_touched(state.aspects.get(id), pair)
            or (pair[1] is None and self._was_joined(id, state))
        ]

    def writings_touched(self, state: State) -> list[str]:
        """What it took along and stands, or is read, elsewhere by now; not what is gone."""
        pairs, now = self.pairs("writings"), state.writings
        return [name for name, (left, _wanted) in pairs.items() if now.get(name, left) != left]

    def is_clear(self, state: State) -> bool:
        """Whether nobody has touched since what it changed."""
        if self.frozen is not None and self.frozen[0] != state.frozen:
            return False
        touched = (self.concerns_touched, self.aspects_touched, self.writings_touched)
        return not any(those(state) for those in touched)

    def _is_unread(self, id: str, pair: Pair, state: State) -> bool:
        """Whether everybody would see words of a concern that moderators are to read first."""
        left, wanted = pair
        if left is None or wanted is None or id not in state.reworded:
            return False
        is_shown = left.get("hidden") is not None and wanted.get("hidden") is None
        return is_shown and state.reworded[id] > self.turned_at

    def _was_joined(self, aspect_id: str, state: State) -> bool:
        members = {id for id, at in state.concerns.items() if at["aspect"] == int(aspect_id)}
        return not members <= self.changes.get("concerns", {}).keys()


def _is_touched(now: Values | None, pair: Pair) -> bool:
    """Only what the gesture itself has changed counts; what is kept apart follows from that."""
    left, wanted = pair
    if now is None or left is None:
        return now != left
    if wanted is None:
        return any(now[name] != left[name] for name in left if name not in _NO_PLACE)
    return any(now[name] != left[name] for name in left if _is_changed(name, left, wanted))


def _aspect_at(at: Values | None) -> int | None:
    return at["aspect"] if at else None


def _is_changed(name: str, left: Values, wanted: Values) -> bool:
    """To be hidden and to wait are two ways of not being seen."""
    names = _UNSEEN if name in _UNSEEN else (name,)
    return name != "apart" and any(left.get(each) != wanted.get(each) for each in names)


def way_of(action: BoardAction) -> Way:
    """The way on which a gesture would be turned next."""
    return Way(action.changes, action.is_undone, action.turned_at)
