"""One question."""

import pytest

from app.events.models import Event
from app.questions.models import Question
from tests.browsers import Visitor
from tests.questions.asking import ask


@pytest.fixture
def question(event: Event, participant: Visitor) -> Question:
    """A question by Paula Participant."""
    return ask(event, participant, "Who pays for it?")
