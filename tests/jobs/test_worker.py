"""A worker of its own does what the server's processes put into Redis."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import create_app
from app.database import Base, transaction
from app.extensions import db
from app.mail import letters
from tests.live_server import ROOT, free_port
from tests.mail.post_office import PostOffice, opened
from tests.servers import redis_server

pytestmark = [pytest.mark.socket, pytest.mark.postgresql]


def test_mail_goes_by_way_of_redis(postgresql_url, tmp_path):
    with redis_server() as redis_url, opened(PostOffice(free_port())) as office:
        environment = {
            "INSTANCE_PATH": str(tmp_path),
            "DATABASE_URL": postgresql_url,
            "SECRET_KEY": "not a secret",
            "REDIS_URL": redis_url,
            "JOBS": "worker",
            "SMTP_URL": f"smtp://127.0.0.1:{office.port}",
        }
        app = create_app(environment)
        with app.app_context():
            Base.metadata.create_all(db.engine)
            with transaction():
                letters.post("reset", "mia@example.org", "en", name="Mia", link="x")
            assert app.extensions["jobs"].huey.pending_count() == 1
            with _worker(environment, tmp_path / "log"):
                _until(lambda: "mia@example.org" in [mail["To"] for mail in office.received])
                with transaction():
                    letters.post("reset", "cem@example.org", "en", name="Cem", link="x")
                _until(lambda: "cem@example.org" in [mail["To"] for mail in office.received])
            db.engine.dispose()


class _worker:
    """`flask jobs run` until the block ends."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment, self.log = environment, log

    def __enter__(self) -> None:
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=output, stderr=output
            )

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        assert self.process.wait(20) == 0, self.log.read_text()


def _until(there, seconds=30):
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end
        time.sleep(0.1)
