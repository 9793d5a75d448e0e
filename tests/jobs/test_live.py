"""The real server works at its jobs beside the requests, whatever has become of the queue."""

import time

import pytest

from app import create_app
from app.database import Base, transaction
from app.extensions import alembic, db
from app.jobs.storage import FILE
from app.mail import letters
from tests.live_server import LiveServer, free_port
from tests.mail.post_office import PostOffice, opened

pytestmark = pytest.mark.socket


def test_mail_goes_although_the_queue_was_broken_at_the_start(tmp_path):
    with opened(PostOffice(free_port())) as office:
        environment = {
            "INSTANCE_PATH": str(tmp_path),
            "SMTP_URL": f"smtp://127.0.0.1:{office.port}",
        }
        app = create_app(environment)
        (tmp_path / FILE).write_bytes(b"no database" * 500)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            alembic.stamp()
            server = LiveServer(environment)
            server.start()
            try:
                with transaction():
                    letters.post("reset", "mia@example.org", "en", name="Mia", link="x")
                _until(lambda: "mia@example.org" in [mail["To"] for mail in office.received])
                assert "is broken" in server.log
            finally:
                server.stop()
            db.engine.dispose()


def _until(there, seconds=20):
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end
        time.sleep(0.1)
