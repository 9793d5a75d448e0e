"""What must stay together or apart, as constraints over concerns and the titles of aspects."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from app.livepolls.grouping.constraints import Blocks, GroupingError, resolve
from app.livepolls.grouping.poll import Anchor, Concern


def blocks(
    concerns: Sequence[Concern],
    together: Iterable[Sequence[str]],
    apart: Iterable[Sequence[str]],
    anchors: Sequence[Anchor],
) -> Blocks:
    """Constraints over items: first the concerns, then the titles of the anchors."""
    position = _positions(concerns)

    def items(ids: Sequence[str], where: str) -> list[int]:
        unknown = [repr(id_) for id_ in ids if id_ not in position]
        if unknown:
            raise GroupingError(f"unknown concern {', '.join(unknown)} in {where}")
        return [position[id_] for id_ in ids]

    aspects = [
        [len(concerns) + index, *items(anchor.concerns, "anchors")]
        for index, anchor in enumerate(anchors)
    ]
    joined = [items(ids, "together") for ids in together]
    parted = [pair for ids in apart for pair in combinations(items(ids, "apart"), 2)]
    rivals = list(combinations([aspect[0] for aspect in aspects], 2))
    names = [f"concern {concern.id!r}" for concern in concerns]
    names += [f"aspect {anchor.title!r}" for anchor in anchors]
    return resolve(names, [members for members in joined if members] + aspects, parted + rivals)


def _positions(concerns: Sequence[Concern]) -> dict[str, int]:
    position: dict[str, int] = {}
    for item, concern in enumerate(concerns):
        if position.setdefault(concern.id, item) != item:
            raise GroupingError(f"concern {concern.id!r} is given twice")
    return position
