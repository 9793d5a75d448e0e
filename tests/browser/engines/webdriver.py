"""What every engine understands: the commands of WebDriver, and its refusals."""

from collections.abc import Mapping
from typing import Any, Protocol

REFERENCE = "element-6066-11e4-a52e-4f735466cecf"  # how the standard marks an element
SECONDS = 60  # that a browser may take for one command


class Refusal(Exception):
    """The browser could not do it: `stale element reference`, `element click intercepted` …"""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(f"{error['error']}: {error['message']}")


class Engine(Protocol):
    """A browser of its own with one window."""

    name: str

    def command(self, name: str, **parameters: Any) -> Any:
        """Carry out one command of WebDriver; raises `Refusal`."""

    def resize(self, width: int, height: int) -> None:
        """Make the page, not the window, so big."""

    def complaints(self) -> list[str]:
        """The errors on the console since the last time, as far as the engine tells."""
