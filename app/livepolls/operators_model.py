"""The operator's own model of meaning: an OpenAI-compatible endpoint for embeddings, if one is set.

It is sent texts and nothing else: what people wrote, the question, and the titles of aspects. Where
it doesn't answer, the bundled model or words do without it for a while.
"""

import json
import logging
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, TypeVar

import numpy as np
from flask import current_app

from app.livepolls.grouping import Matrix, Meaning, answered, bundled_meaning

AT_ONCE = 16  # texts in one request: reading the answer takes the event loop some milliseconds
LONGEST = 10.0  # seconds for one request
LARGEST = 16 * 1024 * 1024  # bytes of an answer
AWAY = 60.0  # seconds before it is asked again after it has not answered

FAILURES = (
    OSError,
    HTTPException,
    ValueError,
    LookupError,
    TypeError,
    RecursionError,
    OverflowError,
)
"""No answer, or one that is none."""

Result = TypeVar("Result")

log = logging.getLogger(__name__)


class ModelAway(RuntimeError):
    """The model gave no vectors; until it is asked again, `meaning_at_work` is another one."""


@dataclass(frozen=True)
class OperatorsModel:
    """A model behind `{url}/embeddings`."""

    url: str
    name: str
    key: str | None = field(default=None, repr=False)
    weights: Matrix | None = None  # the bundled ones were learnt for another model

    def vectors(self, question: str, texts: Sequence[str]) -> Matrix:
        """One row for each text; raises `ModelAway`."""
        said = [answered(text, question).strip() or "." for text in texts]
        try:
            rows = [row for at in range(0, len(said), AT_ONCE) for row in self._part(said, at)]
            return _checked(rows, len(texts))
        except FAILURES as error:
            # Its words may be an answer's, and those somebody's.
            log.warning("the operator's model of meaning is away: %s", _kind(error))
            _away_until[self] = time.monotonic() + AWAY
            raise ModelAway(self.name) from None

    def _part(self, said: Sequence[str], start: int) -> Iterator[Any]:
        part = said[start : start + AT_ONCE]
        answer = self._ask({"model": self.name, "input": part})["data"]
        rows = {row["index"]: row["embedding"] for row in answer}
        return (rows[index] for index in range(len(part)))

    def _ask(self, body: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        url, data = f"{self.url}/embeddings", json.dumps(body).encode()
        request = urllib.request.Request(url, data, headers)  # noqa: S310 - http(s), see config
        until = time.monotonic() + LONGEST
        with _opener.open(request, timeout=LONGEST) as response:
            return json.loads(_read(response, until))


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """An address that sends elsewhere gets neither texts nor the key there."""

    def redirect_request(self, *_args: Any) -> None:
        """Refuse."""


_opener = urllib.request.build_opener(_NoRedirects)

_away_until: dict[OperatorsModel, float] = {}


def _read(response: Any, until: float) -> bytes:
    """The whole answer, if it is not too large and comes in time."""
    found = b""
    while part := response.read1(65536):
        found += part
        if len(found) > LARGEST or time.monotonic() > until:
            raise TimeoutError
    return found


def _checked(rows: list[Any], number: int) -> Matrix:
    """Vectors of one length, of finite numbers."""
    vectors = np.array(rows, dtype=float).reshape(number, -1)
    if not np.isfinite(vectors).all() or vectors.shape[1] < 2:
        raise ValueError
    return vectors


def _kind(error: Exception) -> str:
    code = getattr(error, "code", None)
    return type(error).__name__ if code is None else f"status {code}"


def operators_model() -> OperatorsModel | None:
    """The model that the operator has set, whether or not it answers."""
    settings = current_app.extensions.get("settings")
    if settings is None or settings.embeddings_url is None:
        return None
    return OperatorsModel(
        settings.embeddings_url, settings.embeddings_model, settings.embeddings_key
    )


def meaning_at_work() -> Meaning | None:
    """The operator's model if there is one that answers, else the bundled one if it runs here."""
    own = operators_model()
    if own is not None and time.monotonic() >= _away_until.get(own, 0.0):
        return own
    return bundled_meaning()


def with_meaning(do: Callable[[Meaning | None], Result]) -> Result:
    """Call with the model at work, and once more with another if that one is away."""
    try:
        return do(meaning_at_work())
    except ModelAway:
        return do(meaning_at_work())
