"""Wakes between processes, through Redis: a hint that there is something new, and no more.

What a lost one fails to say is found within two seconds by looking, so nothing here is retried.
"""

import logging
from collections.abc import Callable

import redis

NAME = "dialograum:wake"
PAUSE = 1.0  # seconds until a lost connection is tried again

log = logging.getLogger(__name__)


class Wakes:
    """The other processes of this installation."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1)
        self._listener = redis.Redis.from_url(url, socket_connect_timeout=1)

    def send(self) -> None:
        """Wake the others."""
        try:
            self._redis.publish(NAME, b"")
        except redis.RedisError as error:
            log.warning("the others were not woken: %s", error)

    def listen(self, woken: Callable[[], None], sleep: Callable[[float], None]) -> None:
        """Call `woken` for every wake, for ever; after a break too, since one may be lost."""
        while True:
            try:
                with self._listener.pubsub(ignore_subscribe_messages=True) as pubsub:  # type: ignore[no-untyped-call]
                    pubsub.subscribe(NAME)
                    woken()
                    for _message in pubsub.listen():
                        woken()
            except redis.RedisError as error:
                log.warning("wakes are not heard: %s", error)
            sleep(PAUSE)
