"""The channels of facts that somebody in this process listens to, and how far each has come."""

from dataclasses import dataclass, field

from app.realtime.audiences import Audience, View
from app.realtime.partials import Change


@dataclass
class Progress:
    """How far an audience has come in this process."""

    revision: int = 0  # messages sent
    position: int = 0  # the source's position that the last message brought


@dataclass
class Source:
    """A channel of facts that somebody here listens to."""

    position: int
    audiences: dict[Audience, Progress] = field(default_factory=dict)

    @property
    def is_personal(self) -> bool:
        """Whether it tells one person only what is theirs."""
        return {audience.view for audience in self.audiences} == {View.PERSON}


@dataclass
class Told:
    """What a source tells those who hear it, as they are when the telling begins."""

    source: Source
    changes: list[Change]

    def __post_init__(self) -> None:
        """Whoever joins from now on has it already."""
        self.audiences = list(self.source.audiences.items())

    @property
    def views(self) -> set[View]:
        """The views in which it is seen here."""
        return {audience.view for audience, _ in self.audiences}
