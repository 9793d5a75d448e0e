"""What can have happened with questions."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class QuestionChanged(Fact):
    """A question was asked, withdrawn, marked as answered, or its support has changed."""

    event_id: int
    question_id: int


@dataclass(frozen=True)
class OwnQuestionsChanged(Fact):
    """What one person asks or supports has changed."""

    participant_id: int
