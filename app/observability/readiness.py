"""Whether this process should be sent requests: a proxy or a rolling upgrade asks."""

import time
from functools import cached_property
from typing import Any

from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app.database import is_reachable
from app.draining import is_draining
from app.extensions import alembic, db
from app.observability.patience import at_most

LONGEST_LOOK = 2.0  # seconds for what the database is asked
LATEST_TICK = 10.0  # seconds; the publisher looks every two of its own accord
GOOD_FOR = 1.0  # seconds that an answer is repeated: anybody may ask, as often as they like


class Readiness:
    """What one process knows about itself."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._is_migrated = False
        self._looked_at = float("-inf")
        self._found: list[str] = []

    def obstacles(self) -> list[str]:
        """What stands in the way of serving people; nothing, if all is well."""
        if is_draining(self.app):
            return ["draining"]
        if time.monotonic() - self._looked_at > GOOD_FOR:
            self._found = self._look()
            self._looked_at = time.monotonic()
        return self._found

    def _look(self) -> list[str]:
        found = ["database"]
        with at_most(LONGEST_LOOK):
            found = self._ask_database()
        return found if self._is_publishing else [*found, "publisher"]

    @property
    def _is_publishing(self) -> bool:
        publisher: Any = self.app.extensions["publisher"]
        return bool(time.monotonic() - publisher.ticked_at < LATEST_TICK)

    def _ask_database(self) -> list[str]:
        try:
            if not is_reachable():
                return ["database"]
            self._is_migrated = self._is_migrated or self._is_up_to_date()
        except SQLAlchemyError:
            return ["database"]
        finally:
            db.session.close()
        return [] if self._is_migrated else ["migrations"]

    def _is_up_to_date(self) -> bool:
        """Whether the tables are what this code knows, or newer: an upgrade migrates first."""
        context = MigrationContext.configure(db.session.connection())
        current = set(context.get_current_heads())
        return bool(current) and not current & self._outdated

    @cached_property
    def _outdated(self) -> set[str]:
        """All revisions that a later one of this code follows."""
        scripts = alembic.script_directory
        known = {script.revision for script in scripts.walk_revisions()}
        return known - set(scripts.get_heads())
