"""A simulated moderator who sorts a poll into its true aspects, and counts the gestures.

The moderator knows the aspects, wants the `k` most frequent ones, and looks at suggestions anew
after each step. One gesture each: to accept a suggestion, or all of them, to merge two aspects, to
begin an aspect, to move a concern into an aspect or out of one. A group of two aspects is split by
moving what does not belong. Aspects that nobody chooses stay where they are. Where by hand is
shorter, a suggestion is left alone.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from app.livepolls.benchmark import Poll
from app.livepolls.grouping import Anchor, Concern, Group, Meaning, group

Suggest = Callable[["Board"], Sequence[Group]]


@dataclass
class Board:
    """What has been sorted so far: concerns by their place in the poll."""

    poll: Poll
    place: dict[int, str] = field(default_factory=dict)
    taken_out: list[tuple[int, str]] = field(default_factory=list)
    accepted: dict[str, Group] = field(default_factory=dict)
    gestures: int = 0

    @property
    def wanted(self) -> set[str]:
        """The most frequent aspects, as many as the poll is for."""
        frequent = Counter(self.poll.aspects).most_common(self.poll.k)
        return {aspect for aspect, number in frequent if number > 1}

    def is_begun(self, aspect: str) -> bool:
        """Whether this aspect is there, by hand or accepted with all others."""
        return aspect in self.accepted or aspect in self.place.values()

    def members(self, aspect: str) -> list[int]:
        """The concerns that stand in an aspect."""
        return [item for item, place in self.place.items() if place == aspect]


@dataclass(frozen=True)
class Step:
    """What accepting a suggestion costs, and what it does."""

    aspect: str
    right: tuple[int, ...]
    wrong: tuple[int, ...]
    cost: int
    saved: int


def by_hand(poll: Poll) -> int:
    """Gestures from nothing: each wanted aspect is begun, and each of its concerns moved."""
    board = Board(poll)
    _finish(board)
    return board.gestures


def with_suggestions(poll: Poll, suggest: Suggest) -> int:
    """Gestures where suggestions help: begun with all of them or with one, whichever is shorter."""
    return min(_one_by_one(Board(poll), suggest), _one_by_one(_all_at_once(poll, suggest), suggest))


def _all_at_once(poll: Poll, suggest: Suggest) -> Board:
    """Accept all, and put right what is worth it."""
    board = Board(poll, gestures=1)
    found = sorted(suggest(board), key=lambda one: -len(one.concerns))
    for one in found:
        step = _step(board, one, accepting=0)
        if step is not None and step.saved > 0 and step.aspect not in board.accepted:
            board.accepted[step.aspect] = one
    for one in found:
        step = _step(board, one, accepting=0)
        if step is not None and (step.saved > 0 or board.accepted.get(step.aspect) is one):
            _take(board, step)
    return board


def _one_by_one(board: Board, suggest: Suggest) -> int:
    while True:
        steps = [step for found in suggest(board) if (step := _step(board, found))]
        best = max(steps, key=lambda step: step.saved, default=None)
        if best is None or best.saved <= 0:
            break
        _take(board, best)
    _finish(board)
    return board.gestures


def suggestions(meaning: Meaning | None) -> Suggest:
    """Those of the program: what stands in an aspect is bound to it, what was taken out, never."""

    def suggest(board: Board) -> Sequence[Group]:
        poll = board.poll
        concerns = [Concern(str(item), text) for item, text in enumerate(poll.texts)]
        begun = sorted(set(board.place.values()))
        anchors = [Anchor(_title(board, aspect), _ids(board.members(aspect))) for aspect in begun]
        apart = [(str(item), str(board.members(aspect)[0])) for item, aspect in board.taken_out]
        bonds = {"anchors": anchors, "apart": apart, "meaning": meaning}
        return group(poll.question, concerns, lang=poll.lang, k=poll.k, **bonds).groups

    return suggest


def _title(board: Board, aspect: str) -> str:
    """What a suggestion would have called it: one of its concerns."""
    return board.poll.texts[board.members(aspect)[0]]


def _ids(items: Sequence[int]) -> tuple[str, ...]:
    return tuple(map(str, items))


def _step(board: Board, found: Group, accepting: int = 1) -> Step | None:
    """How to make use of a suggestion, if it has something of a wanted aspect."""
    items = [int(id_) for id_ in found.concerns]
    anchored = next((board.place[item] for item in items if item in board.place), None)
    new = [item for item in items if item not in board.place]
    wanted = Counter(a for item in new if (a := board.poll.aspects[item]) in board.wanted)
    if not wanted or (anchored is None and len(new) < 2):
        return None
    aspect = anchored or wanted.most_common(1)[0][0]
    right = tuple(item for item in new if board.poll.aspects[item] == aspect)
    wrong = tuple(item for item in new if board.poll.aspects[item] != aspect)
    is_its_own = anchored is not None or board.accepted.get(aspect) is found
    merged = board.is_begun(aspect) and not is_its_own
    alone = len(right) + (not board.is_begun(aspect))
    cost = accepting + merged + len(wrong)
    # To move a wrong one where it belongs had to be done anyway.
    placed = sum(_belongs_to_begun(board, item, aspect) for item in wrong)
    return Step(aspect, right, wrong, cost, alone + placed - cost)


def _belongs_to_begun(board: Board, item: int, accepted: str) -> bool:
    own = board.poll.aspects[item]
    return own in board.wanted and own != accepted and board.is_begun(own)


def _take(board: Board, step: Step) -> None:
    board.gestures += step.cost
    for item in step.wrong:
        if _belongs_to_begun(board, item, step.aspect):
            board.place[item] = board.poll.aspects[item]
        else:
            board.taken_out.append((item, step.aspect))
    board.place.update(dict.fromkeys(step.right, step.aspect))


def _finish(board: Board) -> None:
    """Sort by hand what is left."""
    for item, aspect in enumerate(board.poll.aspects):
        if aspect in board.wanted and item not in board.place:
            board.gestures += 1 + (not board.is_begun(aspect))
            board.place[item] = aspect
