"""What deploy/backup keeps while the event goes on, deploy/restore brings back."""

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import create_app
from app.database import transaction
from app.events import actions
from app.events.models import Event, Participant
from app.extensions import alembic, db
from tests.applications import application
from tests.copies import run
from tests.servers import another_database, postgresql

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


@pytest.fixture(params=BOTH)
def places(request, tmp_path):
    """The settings of an installation, and those of an empty one beside it."""
    old = {"INSTANCE_PATH": str(tmp_path / "old"), "SECRET_KEY": "", "REDIS_URL": ""}
    new = {**old, "INSTANCE_PATH": str(tmp_path / "new")}
    if request.param == "sqlite":
        yield old, new
        return
    with postgresql() as url:
        old |= {"DATABASE_URL": url, "SECRET_KEY": "not a secret"}
        another = {"DATABASE_URL": another_database(url.replace("+psycopg", ""), "another")}
        yield old, {**old, **another, "INSTANCE_PATH": new["INSTANCE_PATH"]}


def counts():
    return [
        db.session.scalar(select(func.count()).select_from(kind)) for kind in (Event, Participant)
    ]


@pytest.fixture
def installation(places):
    """An event, a file and the operator's own text."""
    with application(places[0], tables=True):
        with transaction():
            event = actions.create_event("Kept", language="en", items=[])
            actions.join(event, name="Ada")
        instance = Path(places[0]["INSTANCE_PATH"])
        (instance / "files" / "ab").mkdir(parents=True)
        (instance / "files" / "ab" / "cdef").write_bytes(b"some bytes")
        (instance / "legal").mkdir()
        (instance / "legal" / "imprint.de.md").write_text("Wir")
        yield event


def test_a_backup_brings_everything_back(places, installation, tmp_path):
    before = counts()
    kept = run("backup", tmp_path / "kept", places[0])
    assert kept.returncode == 0, kept.stderr
    restored = run("restore", tmp_path / "kept", places[1])
    assert restored.returncode == 0, restored.stderr
    db.session.close()
    with application(places[1]):
        alembic.upgrade()
        assert counts() == before
    instance = Path(places[1]["INSTANCE_PATH"])
    assert (instance / "files" / "ab" / "cdef").read_bytes() == b"some bytes"
    assert (instance / "legal" / "imprint.de.md").read_text() == "Wir"


def test_people_go_on_meanwhile_and_the_backup_is_of_one_moment(places, installation, tmp_path):
    done = threading.Event()
    app = create_app(places[0])

    def join():
        with app.app_context():
            while not done.is_set():
                with transaction():
                    event = db.session.get(Event, installation.id)
                    actions.join(event, name="First of two")
                    actions.join(event, name="Second of two")
                time.sleep(0.01)
            db.session.close()
            db.engine.dispose()

    joining = threading.Thread(target=join)
    joining.start()
    kept = run("backup", tmp_path / "kept", places[0])
    done.set()
    joining.join()
    assert kept.returncode == 0, kept.stderr
    assert run("restore", tmp_path / "kept", places[1]).returncode == 0
    db.session.close()
    with application(places[1]):
        pairs = [
            db.session.scalar(select(func.count()).select_from(Participant).filter_by(name=name))
            for name in ("First of two", "Second of two")
        ]
        assert pairs[0] == pairs[1]


def test_nothing_is_overwritten(places, installation, tmp_path):
    assert run("backup", tmp_path / "kept", places[0]).returncode == 0
    again = run("backup", tmp_path / "kept", places[0])
    assert again.returncode == 1
    assert "is there already" in again.stderr
    over = run("restore", tmp_path / "kept", places[0])
    assert over.returncode == 1
    assert "nothing was restored" in over.stderr
