"""What the tests of the board share: five concerns, two moderators, and a board to look at."""

from collections.abc import Callable

import pytest

from app.livepolls.models import Concern, FlashPoll
from app.permissions import Role
from tests.browsers import Visitor
from tests.livepolls.board.boards import Table
from tests.livepolls.polls import write


@pytest.fixture
def concerns(poll: FlashPoll, people: list[Visitor]) -> list[Concern]:
    """Five concerns by five people."""
    return [write(poll, person, f"Concern {n}") for n, person in enumerate(people)]


@pytest.fixture
def ben(poll: FlashPoll, appoint: Callable[..., Visitor]) -> Visitor:
    """A second moderator."""
    return appoint(poll.event, Role.MODERATOR, "Ben Besides")


@pytest.fixture
def table(poll: FlashPoll, concerns: list[Concern], moderator: Visitor) -> Table:
    """The board, and what the first moderator does to it."""
    return Table(poll.id, moderator)
