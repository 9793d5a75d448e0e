"""An installation with a world in it, for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.load.world import World, make_world
from bench.stack import Stack

TAIL = 2000  # characters of each log that an error shows


@contextmanager
def staged(people: int, **parts: Any) -> Iterator[tuple[Stack, World]]:
    """Start these parts, and make an event with so many people; an error shows their logs."""
    with Stack(**parts) as stack:
        world = make_world(stack.settings, people)
        try:
            yield stack, world
        except Exception as error:
            for name, log in stack.logs.items():
                error.add_note(f"{name}:\n{log[-TAIL:]}")
            raise
        finally:
            world.close()
