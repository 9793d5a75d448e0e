"""Wakes between processes, through Redis: a hint that there is something new, and no more.

What a lost one fails to say is found within two seconds by looking, so nothing here is retried.
"""

import json
import logging
import secrets
from collections.abc import Callable
from typing import Any

import redis

NAME = "dialograum:wake"
WHISPERS = "dialograum:whisper"
PAUSE = 1.0  # seconds until a lost connection is tried again

log = logging.getLogger(__name__)


class Wakes:
    """The other processes of this installation."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1)
        self._listener = redis.Redis.from_url(url, socket_connect_timeout=1)
        self._self = secrets.token_hex(8)  # one does not listen to oneself

    def send(self) -> None:
        """Wake the others."""
        try:
            self._redis.publish(NAME, b"")
        except redis.RedisError as error:
            log.warning("the others were not woken: %s", error)

    def whisper(self, channel: str, name: str, message: dict[str, Any]) -> None:
        """Pass on to the others what nobody needs to know in a moment's time."""
        try:
            self._redis.publish(WHISPERS, json.dumps([self._self, channel, name, message]))
        except redis.RedisError as error:
            log.warning("the others did not hear: %s", error)

    def listen(
        self,
        woken: Callable[[], None],
        heard: Callable[[str, str, dict[str, Any]], None],
        sleep: Callable[[float], None],
    ) -> None:
        """Call `woken` for every wake, for ever; after a break too, since one may be lost.

        What others whisper goes to `heard`.
        """
        while True:
            try:
                with self._listener.pubsub(ignore_subscribe_messages=True) as pubsub:  # type: ignore[no-untyped-call]
                    pubsub.subscribe(NAME, WHISPERS)
                    woken()
                    for message in pubsub.listen():
                        if message["channel"] == WHISPERS.encode():
                            self._hear(message["data"], heard)
                        else:
                            woken()
            except redis.RedisError as error:
                log.warning("wakes are not heard: %s", error)
            sleep(PAUSE)

    def _hear(self, data: bytes, heard: Callable[[str, str, dict[str, Any]], None]) -> None:
        who, channel, name, message = json.loads(data)
        if who != self._self:
            heard(channel, name, message)
