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
