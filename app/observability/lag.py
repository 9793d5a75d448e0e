"""How late the event loop is: a greenlet that sleeps, and looks at how long it has slept."""

import time
from collections.abc import Callable

from app.observability import metrics

PERIOD = 0.25  # seconds


class LoopLag:
    """The lateness of this process, as it was last measured."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def run(self, sleep: Callable[[float], None]) -> None:
        """Measure for ever."""
        while True:
            due_at = time.monotonic() + PERIOD
            sleep(PERIOD)
            self.seconds = max(0.0, time.monotonic() - due_at)
            metrics.loop_lag_seconds.observe(self.seconds)
