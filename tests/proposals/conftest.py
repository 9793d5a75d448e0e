"""The chosen aspect that proposals are written under."""

import pytest

from app.events.models import Event
from app.livepolls.models import Aspect
from tests.browsers import Visitor
from tests.proposals.topics import choose_aspects


@pytest.fixture
def aspect(event: Event, participant: Visitor) -> Aspect:
    """An aspect that was chosen; the agenda has no step for proposals."""
    return choose_aspects(event, participant)[0]
