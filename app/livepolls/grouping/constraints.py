"""Must-link and cannot-link constraints between items, resolved to blocks that stay together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


class GroupingError(ValueError):
    """The concerns or what is to bind them can't be: the message names the ids, in one line."""


@dataclass(frozen=True)
class Blocks:
    """The block of each item, numbered from 0, and the pairs of blocks that may not meet."""

    of_item: NDArray[np.intp]
    apart: frozenset[tuple[int, int]]

    def may_join(self, item: int, items: Iterable[int]) -> bool:
        """Whether an item may stand with others."""
        own = int(self.of_item[item])
        blocks = {int(self.of_item[other]) for other in items}
        return not any((own, b) in self.apart or (b, own) in self.apart for b in blocks)


def resolve(
    names: Sequence[str],
    together: Iterable[Sequence[int]],
    apart: Iterable[tuple[int, int]],
) -> Blocks:
    """Join what must be together, directly or through others; `names` serve the error message.

    Raises GroupingError if a pair must be both together and apart.
    """
    of_item = _components(len(names), together)
    pairs = set()
    for one, other in apart:
        if of_item[one] == of_item[other]:
            block = [name for name, b in zip(names, of_item, strict=True) if b == of_item[one]]
            raise GroupingError(
                f"{names[one]} and {names[other]} can't be apart: "
                f"to be kept together are {', '.join(block)}"
            )
        pairs.add((int(of_item[one]), int(of_item[other])))
    return Blocks(of_item, frozenset(pairs))


def _components(items: int, together: Iterable[Sequence[int]]) -> NDArray[np.intp]:
    links = [(members[0], other) for members in together for other in members[1:]]
    ends = np.array(links, dtype=np.intp).reshape(-1, 2).T
    graph = coo_array((np.ones(len(links)), (ends[0], ends[1])), shape=(items, items))
    _, labels = connected_components(graph, directed=False)
    return np.asarray(labels, dtype=np.intp)
