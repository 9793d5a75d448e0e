"""The application and its real server on a database of their own, with a mail server beside."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from app import create_app
from app.database import Base, transaction
from app.events import actions as events
from app.extensions import alembic, db, limiter
from tests.live_server import LiveServer, free_port
from tests.mail.post_office import PostOffice, opened
from tests.warm_server import WarmServer


@dataclass
class Served:
    """What several tests share, since starting it takes seconds."""

    app: Flask
    server: LiveServer
    office: PostOffice
    read: int = 0  # characters of the server's log that were looked at

    def has_nothing_to_complain_about(self) -> None:
        """Raise if the server has complained since the last look."""
        new = self.server.log[self.read :]
        self.read += len(new)
        assert "Traceback" not in new, new
        assert " ERROR " not in new, new


@contextmanager
def served(instance: Path, database_url: str = "") -> Iterator[Served]:
    """Serve an empty platform until the block ends."""
    with opened(PostOffice(free_port())) as office:
        environment = {
            "INSTANCE_PATH": str(instance),
            "SECRET_KEY": "not a secret",
            "PORT": str(free_port()),
            "SMTP_URL": f"smtp://127.0.0.1:{office.port}",
            **({"DATABASE_URL": database_url} if database_url else {}),
        }
        app = create_app(environment)
        app.config["WTF_CSRF_ENABLED"] = False
        limiter.enabled = False
        with app.app_context():
            Base.metadata.create_all(db.engine)
            alembic.stamp()
            with transaction():
                events.create_event("So that no sample is made")
        server = WarmServer(environment)
        server.start()
        try:
            yield Served(app, server, office)
        finally:
            server.stop()
            with app.app_context():
                db.engine.dispose()
