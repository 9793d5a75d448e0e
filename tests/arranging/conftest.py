"""A group whose threads are kept in order."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.groups import Group


@pytest.fixture
def group(app: Flask, browser: Callable[..., Any]) -> Group:
    """A group with a forum and a thread, another beside it, and people in every role."""
    return Group(app, browser)
