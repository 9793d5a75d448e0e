"""For whoever asks how things are, no answer is an answer too."""

from collections.abc import Iterator
from contextlib import contextmanager

import gevent


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Leave the block, without a word, when what it waits for takes longer."""
    with gevent.Timeout(seconds, False):  # type: ignore[arg-type]  # its types forget that
        yield
