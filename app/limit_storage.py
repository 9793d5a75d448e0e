"""Where limits are counted: in Redis for all processes, in this one's memory while it is away."""

import logging
import time
from typing import Any

from limits.storage import MemoryStorage, Storage, storage_from_string
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

PREFIX = "lasting+"
PATIENCE = 0.2  # seconds that a request waits for Redis, at most
PAUSE = 2.0  # seconds until Redis is asked again after it was away

log = logging.getLogger(__name__)


class LastingStorage(Storage):
    """Redis, and while that does not answer this process's own memory: requests go on."""

    STORAGE_SCHEME = [f"{PREFIX}{scheme}" for scheme in ("redis", "rediss", "unix")]  # noqa: RUF012

    def __init__(self, uri: str, **options: Any) -> None:
        super().__init__(uri, **options)
        self.shared = storage_from_string(
            uri.removeprefix(PREFIX).replace("unix://", "redis+unix://"),
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
            retry=Retry(NoBackoff(), 1),  # type: ignore[arg-type]
        )
        self.own = MemoryStorage()
        self._is_away = False
        self._ask_at = 0.0

    @property
    def base_exceptions(self) -> type[Exception]:
        """None that anybody has to expect."""
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, and return the sum."""
        return int(self._ask("incr", key, expiry, amount))

    def get(self, key: str) -> int:
        """The sum so far."""
        return int(self._ask("get", key))

    def get_expiry(self, key: str) -> float:
        """When counting begins anew."""
        return float(self._ask("get_expiry", key))

    def check(self) -> bool:
        """It counts in any case."""
        return True

    def reset(self) -> int | None:
        """Count everything from the beginning."""
        self.own.reset()
        count: int | None = self._ask("reset")
        return count

    def clear(self, key: str) -> None:
        """Count this from the beginning."""
        self._ask("clear", key)

    def _ask(self, what: str, *values: Any) -> Any:
        if time.monotonic() >= self._ask_at:
            if self._is_away:
                self._ask_at = time.monotonic() + PAUSE  # whoever comes meanwhile need not wait
            try:
                answer = getattr(self.shared, what)(*values)
            except (RedisError, OSError) as error:
                self._miss(error)
            else:
                self._is_away, self._ask_at = False, 0.0
                return answer
        return getattr(self.own, what)(*values)

    def _miss(self, error: Exception) -> None:
        if not self._is_away:
            log.warning("Redis is away, limits are counted here: %s", type(error).__name__)
        self._is_away, self._ask_at = True, time.monotonic() + PAUSE
