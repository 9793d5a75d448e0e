"""What all tests share: the application on both databases, people with browsers, and their ears.

The application's context is open during a test, so `db.session` and `transaction()` work in it.
Each request of a browser runs in a context of its own, as on a server, and afterwards the test's
objects are read anew.
"""

import itertools
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, select
from sqlalchemy.event import listen as listen_to
from sqlalchemy.event import remove as forget
from sqlalchemy.exc import OperationalError

from app import create_app, outbox
from app.database import Base, transaction
from app.events import actions
from app.events.models import Event, Participant
from app.extensions import alembic, db, limiter
from app.jobs import Jobs
from app.municipalities.models import Municipality
from app.permissions import Role
from app.search import noted
from tests.browsers import Browser, Visitor
from tests.ears import Ear, entries_after
from tests.factories import AGENDA, look_again, make_account, make_municipality
from tests.live_server import LiveServer, free_port
from tests.servers import postgresql
from tests.warm_server import WarmServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

settings.register_profile(
    "dialograum",
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
settings.load_profile("dialograum")

LASTING = {"channel", "outbox_entry"}
BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A private PostgreSQL for this run."""
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def environment_of(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], dict[str, str]]:
    """The environment of the application on a database, the same for the whole run."""
    made: dict[str, dict[str, str]] = {}

    def environment(database: str) -> dict[str, str]:
        if database not in made:
            instance = tmp_path_factory.mktemp(database)
            made[database] = {
                "INSTANCE_PATH": str(instance),
                "SECRET_KEY": "not a secret",
                "PORT": str(free_port()),
            }
            if database == "postgresql":
                made[database]["DATABASE_URL"] = request.getfixturevalue("postgresql_url")
        return made[database]

    return environment


@pytest.fixture(scope="session")
def application_on(
    environment_of: Callable[[str], dict[str, str]],
) -> Iterator[Callable[[str], Flask]]:
    """The application on a database, with its tables."""
    made: dict[str, Flask] = {}

    def application(database: str) -> Flask:
        if database not in made:
            limiter.enabled = True  # an application made without limits never gets any
            made[database] = create_app(environment_of(database))
            made[database].test_client_class = Browser
            with made[database].app_context():
                Base.metadata.create_all(db.engine)
                if any(Path("migrations").glob("*.py")):
                    alembic.stamp()
        return made[database]

    yield application
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest) -> str:
    """The name of the database that this test runs on; parametrise it to have only one."""
    return str(request.param)


@pytest.fixture
def app(
    request: pytest.FixtureRequest,
    database: str,
    application_on: Callable[[str], Flask],
    live_servers: dict[str, LiveServer],
) -> Iterator[Flask]:
    """The application on an empty database, without limits and tokens against forgery.

    A server that an earlier test wanted would go on writing: presence, suggestions, jobs.
    """
    if "live_server" not in request.fixturenames and database in live_servers:
        live_servers[database].kill()
    app = application_on(database)
    app.config["WTF_CSRF_ENABLED"] = False
    limiter.enabled = False
    with app.app_context():
        empty()
        began_at = db.session.execute(select(outbox.Channel.name, outbox.Channel.position))
        app.extensions["test began at"] = {name: position for name, position in began_at}
        db.session.rollback()
        yield app


def empty() -> None:
    """Delete all rows, in one go and in any order; but channels go on.

    SQLite gives ids out again, and a live server remembers where participant:1 stood. The server
    may be deleting in another order at this moment: whoever loses tries again.
    """
    for _attempt in range(4):
        with suppress(OperationalError):
            _delete_all()
            return
    _delete_all()


def _delete_all() -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        if sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
            connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        tables = [table for table in Base.metadata.tables if table not in LASTING]
        if sqlite:
            tables = _filled(connection, tables)
        deletions = [f'DELETE FROM "{table}"' for table in tables]
        for statement in deletions if sqlite else ["; ".join(deletions)]:
            connection.exec_driver_sql(statement)


def _filled(connection: Connection, tables: list[str]) -> list[str]:
    """Those that hold anything: SQLite tells that sooner than it deletes nothing."""
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)
    return list(connection.exec_driver_sql(" UNION ALL ".join(asked)).scalars())


@pytest.fixture
def forgery_checked(app: Flask) -> None:
    """Forms need their token in this test."""
    app.config["WTF_CSRF_ENABLED"] = True


@pytest.fixture
def limited(app: Flask) -> Iterator[None]:
    """Limits hold in this test."""
    limiter.enabled = True
    limiter.reset()
    yield
    limiter.enabled = False
    limiter.reset()


@pytest.fixture
def browser(app: Flask) -> Callable[..., Browser]:
    """A fresh browser, with cookies of its own and a language: `browser("de")`."""

    def fresh(language: str = "en") -> Browser:
        client = app.test_client()
        assert isinstance(client, Browser)
        client.language = language
        return client

    return fresh


@pytest.fixture
def join(browser: Callable[..., Browser]) -> Callable[..., Visitor]:
    """Let somebody be in an event as a guest who has joined, perhaps for a municipality."""
    numbers = itertools.count(1)

    def enter(
        event: Event, name: str = "", municipality: Municipality | None = None, language: str = "en"
    ) -> Visitor:
        with transaction():
            person = actions.join(
                event,
                name=name or f"Guest {next(numbers)}",
                municipality_id=municipality.id if municipality else None,
                language=language,
            )
        visitor = Visitor(browser(language), event.id)
        visitor.browser.become(person)
        look_again()
        return visitor

    return enter


@pytest.fixture
def join_by_form(browser: Callable[..., Browser]) -> Callable[..., Visitor]:
    """Let somebody join as people do, which takes three times as long: where that is the point."""
    numbers = itertools.count(1)

    def enter(
        event: Event, name: str = "", municipality: Municipality | None = None, language: str = "en"
    ) -> Visitor:
        visitor = Visitor(browser(language), event.id)
        form = {
            "name": name or f"Guest {next(numbers)}",
            "municipality": str(municipality.id) if municipality else "",
        }
        answer = visitor.post(f"/join/{event.code}", form)
        assert answer.status_code == 303, answer.text
        return visitor

    return enter


@pytest.fixture
def appoint(browser: Callable[..., Browser]) -> Callable[..., Visitor]:
    """Let somebody be in an event in a role: `appoint(event, Role.HOST, "Ada")`."""

    def enter(
        event: Event,
        role: Role,
        name: str = "",
        language: str = "en",
        account_id: int | None = None,
    ) -> Visitor:
        with transaction():
            person = actions.join(
                event,
                name=name or role.value.title(),
                role=role,
                language=language,
                account_id=account_id,
            )
        visitor = Visitor(browser(language), event.id)
        visitor.browser.become(person)
        return visitor

    return enter


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference with the agenda of `tests.factories`; its steps are not started."""
    with transaction():
        return actions.create_event("Opening conference", language="en", items=AGENDA)


@pytest.fixture
def other_event(app: Flask) -> Event:
    """Another conference, whose people have no business in the first."""
    with transaction():
        return actions.create_event("Another conference", language="en", items=AGENDA)


@pytest.fixture
def moderator(event: Event, appoint: Callable[..., Visitor]) -> Visitor:
    """Who leads the event."""
    return appoint(event, Role.MODERATOR, "Mona Moderator")


@pytest.fixture
def host(event: Event, appoint: Callable[..., Visitor]) -> Visitor:
    """Who answers officially."""
    return appoint(event, Role.HOST, "Hanna Host")


@pytest.fixture
def observer(event: Event, appoint: Callable[..., Visitor]) -> Visitor:
    """Who only looks on."""
    return appoint(event, Role.OBSERVER, "Otto Observer")


@pytest.fixture
def participant(event: Event, join: Callable[..., Visitor]) -> Visitor:
    """Somebody who has joined with a name."""
    return join(event, "Paula Participant")


@pytest.fixture
def outsider(other_event: Event, join: Callable[..., Visitor]) -> Visitor:
    """Somebody who takes part in the other event only."""
    return join(other_event, "Ole Outsider")


@pytest.fixture
def municipality(app: Flask) -> Callable[..., Municipality]:
    """Make municipalities: `municipality("Musterstadt", state=…, cluster=…)`."""
    return make_municipality


@pytest.fixture
def account(app: Flask) -> Callable[..., Any]:
    """Make accounts: `account(email=…, standing=…)`; `browser().sign_in(account)` signs in."""
    return make_account


@pytest.fixture
def hear(app: Flask) -> Callable[..., Ear]:
    """Listen from now on: `hear(event, View.HALL)`, or `hear(visitor)` for one person's devices."""

    def listen(
        whom: Event | Visitor | Participant,
        view: Any = None,
        language: str = "en",
        source: str | None = None,
    ) -> Ear:
        return Ear.of(app, whom, view, language, source)

    return listen


@pytest.fixture
def announced(app: Flask) -> Callable[..., list[outbox.Fact]]:
    """The facts of a channel in this test, or after a position: `announced(event.channel)`."""

    def facts(channel: str, since: int | None = None) -> list[outbox.Fact]:
        db.session.rollback()
        since = app.extensions["test began at"].get(channel, 0) if since is None else since
        entries = entries_after(channel, since, outbox.position(channel))
        return [entry.fact for entry in entries]

    return facts


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL that is sent from now on, by requests and the publisher too."""
    sent: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    listen_to(db.engine, "before_cursor_execute", keep)
    yield sent
    forget(db.engine, "before_cursor_execute", keep)


@pytest.fixture
def jobs_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Jobs:
    """What is to be done later is done at once, by the real queue but without anybody beside."""
    jobs = Jobs(app)
    jobs.immediate = True
    monkeypatch.setitem(app.extensions, "jobs", jobs)
    return jobs


@pytest.fixture
def indexed_at_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was noted for the search is found right after its transaction."""
    monkeypatch.setattr(noted, "wake", noted.index_noted)


@pytest.fixture
def live_server(
    app: Flask, live_server_on: Callable[[str], LiveServer], database: str
) -> LiveServer:
    """The real server, a process of its own on the database of this test."""
    server = live_server_on(database)
    server.start()
    return server


@pytest.fixture(scope="session")
def chromium() -> Iterator["Chromium"]:
    """A real browser, for those who have Playwright."""
    from tests.chromium import chromium_running

    with chromium_running() as browser:
        yield browser


@pytest.fixture(scope="session")
def live_servers() -> Iterator[dict[str, LiveServer]]:
    """The real servers that tests have wanted, by their databases."""
    made: dict[str, LiveServer] = {}
    yield made
    for server in made.values():
        server.stop()


@pytest.fixture(scope="session")
def live_server_on(
    application_on: Callable[[str], Flask],
    environment_of: Callable[[str], dict[str, str]],
    live_servers: dict[str, LiveServer],
) -> Callable[[str], LiveServer]:
    """The real server on a database, to be started by the test that wants it."""

    def server(database: str) -> LiveServer:
        if database not in live_servers:
            application_on(database)
            live_servers[database] = WarmServer(environment_of(database))
        return live_servers[database]

    return server
