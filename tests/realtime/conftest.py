"""What tests of the transport share."""

from collections.abc import Iterator

import pytest

from tests.realtime.stages import Stage


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """A server on our transport; after all that, no traceback is in its log."""
    stage = Stage()
    yield stage
    stage.stop()
