"""Where tasks wait until they are done: a small database of this process, or Redis for several.

Only the server's process touches the file: waiting inside SQLite would stop everybody in it.
"""

import logging
import sqlite3
import time
from pathlib import Path
from typing import Any

from huey import RedisHuey, SqliteHuey
from huey.api import Huey
from huey.serializer import SignedSerializer
from redis import ConnectionPool

from config import Settings

FILE = "jobs.db"
LONGEST_WAIT = 0.2  # seconds for a lock that only a stranger can hold
LONGEST_ANSWER = 5.0  # seconds for one of Redis; a worker asks it to wait for a second
PAUSE = 5.0  # seconds after which a broken storage is asked again
COMPLAIN_EVERY = 60.0  # seconds

log = logging.getLogger(__name__)


class _Patient(Huey):
    """A queue that, when its storage is broken, says so now and then instead of all the time."""

    _complained_at = float("-inf")

    def dequeue(self) -> Any:
        """The next task; none while the storage cannot be read."""
        try:
            return super().dequeue()
        except Exception as error:
            if time.monotonic() - self._complained_at > COMPLAIN_EVERY:
                self._complained_at = time.monotonic()
                log.error(
                    "the queue of jobs cannot be read (%s); until it can, the sweeps do its work",
                    error,
                )
            time.sleep(PAUSE)
            return None


class _InFile(_Patient, SqliteHuey):
    """Tasks in a file of this process."""


class _InRedis(_Patient, RedisHuey):
    """Tasks in Redis."""


def make_queue(settings: Settings) -> Huey:
    """The queue that the settings ask for; what others put into it is not trusted."""
    serializer = SignedSerializer(settings.secret_key, salt="jobs")
    options = {"serializer": serializer, "results": False}
    if settings.redis_url:
        pool = ConnectionPool.from_url(
            settings.redis_url, socket_connect_timeout=LONGEST_ANSWER, socket_timeout=LONGEST_ANSWER
        )
        return _InRedis("dialograum", connection_pool=pool, **options)
    path = settings.instance / FILE
    try:
        return _in_file(path, options)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        log.error("%s is broken (%s); it is begun anew, and the sweeps find its work", path, error)
        for part in (path, *path.parent.glob(f"{FILE}-*")):
            part.unlink(missing_ok=True)
        return _in_file(path, options)


def _in_file(path: Path, options: dict[str, Any]) -> Huey:
    """Without waiting for the disk: what a power cut takes away, the sweeps find."""
    return _InFile("dialograum", filename=str(path), fsync=False, timeout=LONGEST_WAIT, **options)
