"""The operator's means: a token for the metrics, and what they say."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from tests.browsers import Browser

TOKEN = "a token of the operator"


@pytest.fixture
def token(app: Flask) -> Iterator[str]:
    """The operator has set a token."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, metrics_token=TOKEN)
    yield TOKEN
    app.extensions["settings"] = settings


@pytest.fixture
def measured(token: str, browser: Callable[..., Browser]) -> Callable[..., float]:
    """The present value of a metric: `measured("dialograum_messages_total", view="hall")`."""

    def value(name: str, **labels: str) -> float:
        page = browser().get("/metrics", headers={"Authorization": f"Bearer {token}"})
        assert page.status_code == 200
        return sum(
            sample.value
            for family in text_string_to_metric_families(page.text)
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    return value
