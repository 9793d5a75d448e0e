"""How right the doubts are: concerns marked as uncertain, and answers told to hold two concerns.

Answers of two concerns are made up of two of a poll, of different aspects; where such an answer
stands, the two themselves do not. What people really wrote holds one concern, as far as is known.
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from app.livepolls.benchmark import Poll
from app.livepolls.board.offering import UNSURE
from app.livepolls.grouping import Concern, Group, Grouping, Meaning, group

_MADE = 8  # answers of two concerns for each poll
_LONGEST = 14  # words of one of them


def rows(name: str, polls: Sequence[Poll], meaning: Meaning | None) -> dict[str, Any]:
    """A row about uncertain concerns, and where meaning is at work, one about double ones."""
    found = {f"{name}: uncertain concerns": _uncertain(polls, meaning)}
    if meaning is not None:
        found[f"{name}: two concerns in one"] = _doubles(polls, meaning)
    return found


def _uncertain(polls: Sequence[Poll], meaning: Meaning | None) -> dict[str, Any]:
    """Of the concerns in groups, who stands apart from most of their group, marked and not."""
    seen = [each for poll in polls for each in _members(poll, _grouped(poll, meaning))]
    marked = [is_wrong for certainty, is_wrong in seen if certainty < UNSURE]
    others = [is_wrong for certainty, is_wrong in seen if certainty >= UNSURE]
    return {
        "marked": _share(len(marked), len(seen)),
        "wrong_of_marked": _share(sum(marked), len(marked)),
        "wrong_of_others": _share(sum(others), len(others)),
        "sure_in_the_mean": round(sum(certainty for certainty, _is_wrong in seen) / len(seen), 3),
        "right_in_the_mean": _share(len(seen) - sum(marked) - sum(others), len(seen)),
    }


def _members(poll: Poll, grouping: Grouping) -> Iterator[tuple[float, bool]]:
    for found in grouping.groups:
        aspects = [poll.aspects[int(id)] for id in found.concerns]
        most, number = Counter(aspects).most_common(1)[0]
        if len(aspects) > 1:
            for certainty, aspect in zip(found.certainties, aspects, strict=True):
                yield certainty, aspect != most or number < 2


def _doubles(polls: Sequence[Poll], meaning: Meaning) -> dict[str, Any]:
    """How many are found of those made up, with both aspects right, and marked of the real ones."""
    told, right, made = 0, 0, 0
    for poll, item, aspects in _made_up(polls):
        found = next(g for g in _grouped(poll, meaning).groups if str(item) in g.concerns)
        made += 1
        told += str(item) in found.doubles
        right += str(item) in found.doubles and _aspects_near(poll, found, item, meaning) == aspects
    real = [found for poll in polls for found in _grouped(poll, meaning).groups]
    concerns = sum(len(poll.texts) for poll in polls)
    return {
        "found": _share(told, made),
        "both_right": _share(right, made),
        "marked_of_real": _share(sum(len(found.doubles) for found in real), concerns),
    }


def _made_up(polls: Sequence[Poll]) -> Iterator[tuple[Poll, int, set[str]]]:
    draw = random.Random(5)
    for poll in polls:
        often = Counter(poll.aspects)
        fit = [
            item
            for item, text in enumerate(poll.texts)
            if often[poll.aspects[item]] > 3 and 3 <= len(text.split()) <= _LONGEST
        ]
        for number in range(_MADE):
            one, other = sorted(draw.sample(fit, 2))
            while poll.aspects[one] == poll.aspects[other]:
                one, other = sorted(draw.sample(fit, 2))
            yield _joined(poll, one, other, number), one, {poll.aspects[one], poll.aspects[other]}


def _joined(poll: Poll, one: int, other: int, number: int) -> Poll:
    """The poll with one answer more of both, in the place of the first and without the second."""
    between = ". " if number % 2 else {"de": " und "}.get(poll.lang, " and ")
    texts, aspects = list(poll.texts), list(poll.aspects)
    texts[one] = texts[one].rstrip(".!? ") + between + texts[other]
    del texts[other], aspects[other]
    return Poll(poll.id, poll.question, poll.lang, poll.k, tuple(texts), tuple(aspects))


def _aspects_near(poll: Poll, found: Group, item: int, meaning: Meaning) -> set[str]:
    """Most of the group that the answer stands in, and of the one that it is near to."""
    near = found.nearest[found.concerns.index(str(item))]
    other = next(g for g in _grouped(poll, meaning).groups if near in g.concerns)
    return {_most(poll, found, item), _most(poll, other, item)}


def _most(poll: Poll, found: Group, without: int) -> str:
    aspects = [poll.aspects[int(id)] for id in found.concerns if int(id) != without]
    return Counter(aspects).most_common(1)[0][0]


def _grouped(poll: Poll, meaning: Meaning | None) -> Grouping:
    concerns = [Concern(str(item), text) for item, text in enumerate(poll.texts)]
    return group(poll.question, concerns, lang=poll.lang, k=poll.k, meaning=meaning)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
