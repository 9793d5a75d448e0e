"""What can have happened in an event."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class ParticipantJoined(Fact):
    """Somebody new is in the event."""

    event_id: int
    participant_id: int


@dataclass(frozen=True)
class ParticipantArrived(Fact):
    """Somebody is present who was not: newly joined, or back after an absence."""

    event_id: int
    participant_id: int


@dataclass(frozen=True)
class ParticipantLeft(Fact):
    """Somebody's lease has run out."""

    event_id: int
    participant_id: int


@dataclass(frozen=True)
class ParticipantChanged(Fact):
    """A name, municipality, language or role has changed, or they were removed."""

    event_id: int
    participant_id: int


@dataclass(frozen=True)
class StepStarted(Fact):
    """The hall has come to an agenda item."""

    event_id: int
    item_id: int


@dataclass(frozen=True)
class StepRepeated(Fact):
    """A step of the agenda is about to ask once more what another one has asked."""

    item_id: int
    new_item_id: int


@dataclass(frozen=True)
class StepLeft(Fact):
    """The hall leaves an agenda item."""

    event_id: int
    item_id: int


@dataclass(frozen=True)
class StepChanged(Fact):
    """What an agenda item shows has changed as a whole: opened, closed, frozen.

    What the hall sees of it may have changed only in parts, of which other facts tell.
    """

    event_id: int
    item_id: int
    hall_too: bool = True


@dataclass(frozen=True)
class CockpitChanged(Fact):
    """What moderators work on in the current step has changed; the hall sees nothing of it."""

    event_id: int


@dataclass(frozen=True)
class NextStepChanged(Fact):
    """What the moderators' big button does next may be something else now."""

    event_id: int


@dataclass(frozen=True)
class AgendaChanged(Fact):
    """Items were added, ordered, renamed or removed."""

    event_id: int


@dataclass(frozen=True)
class EventChanged(Fact):
    """The event's own settings changed: its title, or whether joining is locked."""

    event_id: int


@dataclass(frozen=True)
class ScreensClosed(Fact):
    """The links that opened the screen until now are worthless."""

    event_id: int


@dataclass(frozen=True)
class HighlightChanged(Fact):
    """Something else, or nothing, is highlighted on the screen."""

    event_id: int


@dataclass(frozen=True)
class CardHidden(Fact):
    """A moderator took a card off all pages, or brought it back."""

    event_id: int
    kind: str
    id: int
