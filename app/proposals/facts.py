"""What can have happened with proposals and official answers."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class ProposalWritten(Fact):
    """A proposal was written, edited or withdrawn."""

    event_id: int
    proposal_id: int


@dataclass(frozen=True)
class ProposalSupported(Fact):
    """Somebody supports a proposal, or no longer does."""

    event_id: int
    proposal_id: int


@dataclass(frozen=True)
class ProposalReacted(Fact):
    """Somebody has said something to a proposal with one tap, or taken it back."""

    event_id: int
    proposal_id: int


@dataclass(frozen=True)
class ProposalsMerged(Fact):
    """A proposal is read under another one now, or by itself again."""

    event_id: int
    kept_id: int
    proposal_id: int


@dataclass(frozen=True)
class ProposalFlagged(Fact):
    """Somebody asks the moderators to look at a proposal, or they have."""

    event_id: int
    proposal_id: int


@dataclass(frozen=True)
class ProposalDiscussed(Fact):
    """Somebody commented on a proposal, or a comment has gone."""

    event_id: int
    proposal_id: int


@dataclass(frozen=True)
class OwnProposalsChanged(Fact):
    """What one person has proposed, answered or supports has changed."""

    participant_id: int


@dataclass(frozen=True)
class AspectAnswered(Fact):
    """An official answer to an aspect was written, edited or withdrawn."""

    event_id: int
    aspect_id: int
    answer_id: int


@dataclass(frozen=True)
class ReportAnswered(Fact):
    """An official answer to what a room asks for was written, edited or withdrawn."""

    event_id: int
    report_id: int
    answer_id: int


@dataclass(frozen=True)
class ReportCommitted(Fact):
    """An official answer says where a room's request stands, and why."""

    event_id: int
    report_id: int
    state: str
    why: str
