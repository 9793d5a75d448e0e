"""What grouping is given, and what it answers with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Concern:
    """An answer to a flash poll, by one person and supported by others, if they are known."""

    id: str
    text: str
    by: str | None = None
    supporters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Anchor:
    """An aspect that somebody has named, with the ids of the concerns it holds."""

    title: str
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A suggested aspect; the ids of its concerns begin with the most typical one.

    `certainty`, from 0 to 1, estimates the share of its pairs that belong together, and for a
    concern alone how surely it is like no other. `keywords` are up to three words that set it
    apart from the other groups.

    For each concern, `certainties` has how surely it belongs here rather than elsewhere, and
    `nearest` the first concern of the group where it would stand otherwise, if there is one.
    `doubles` are those that seem to hold two concerns: the second one belongs to the nearest group.
    """

    title: str
    voices: int
    concerns: tuple[str, ...]
    certainty: float
    keywords: tuple[str, ...] = ()
    certainties: tuple[float, ...] = ()
    nearest: tuple[str | None, ...] = ()
    doubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grouping:
    """All groups, most voices first, and the name of the method that found them."""

    method: str
    groups: tuple[Group, ...]
    k: int
    by_meaning: bool = False

    @property
    def proposal(self) -> tuple[Group, ...]:
        """The first k groups of two or more concerns."""
        return tuple(group for group in self.groups if len(group.concerns) > 1)[: self.k]
