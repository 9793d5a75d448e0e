"""The application on a server's database, so that a test can lay things ready and look at them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import Flask

from app import create_app
from app.database import Base
from app.extensions import alembic, db, limiter
from bench.stack import Stack


def beside(stack: Stack) -> dict[str, str]:
    """The settings of one more application on a set-up's database, which does no work for it."""
    return {**stack.settings, "REDIS_URL": "", "JOBS": "none"}


@contextmanager
def application(environment: Mapping[str, str], *, tables: bool = False) -> Iterator[Flask]:
    """The application without limits, in whose context one is; with tables, if they are wanted."""
    app = create_app(environment)
    limiter.enabled = False
    with app.app_context():
        if tables:
            Base.metadata.create_all(db.engine)
            alembic.stamp()
        try:
            yield app
        finally:
            db.session.close()
            db.engine.dispose()
