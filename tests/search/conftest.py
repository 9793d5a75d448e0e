"""What is searched for was written a moment ago, and is in the index already."""

import pytest


@pytest.fixture(autouse=True)
def found_at_once(indexed_at_once):
    """Tests of the search need not wait for the index; those in `test_noted` do."""
