"""Heavy computing beside the event loop, so that nobody's page waits for it."""

from collections.abc import Callable
from typing import Any, TypeVar

from gevent import get_hub
from gevent.monkey import is_module_patched

Result = TypeVar("Result")


def run_aside(function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Call a function in a real thread and wait for it; other greenlets go on meanwhile.

    Outside the server, where nothing is patched, it is simply called.
    """
    if not is_module_patched("threading"):
        return function(*args, **kwargs)
    return get_hub().threadpool.apply(function, args, kwargs)
