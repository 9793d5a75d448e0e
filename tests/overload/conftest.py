"""What the tests of overload share."""

from collections.abc import Callable

import pytest

from tests.browsers import Visitor


@pytest.fixture
def join(join_by_form: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """Here people join by the form, whose road is looked at, too."""
    return join_by_form
