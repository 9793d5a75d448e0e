"""A proposal, whose thread is discussed."""

import pytest

from app.events.models import Event
from app.proposals.models import Proposal
from tests.browsers import Visitor
from tests.proposals.topics import choose_aspects, propose


@pytest.fixture
def proposal(event: Event, participant: Visitor) -> Proposal:
    """A proposal by Paula Participant."""
    return propose(choose_aspects(event, participant)[0], participant)
