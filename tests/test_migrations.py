"""Migrations: they lead to the models, they lead back, and what is there stays."""

import psycopg
import pytest
from sqlalchemy import inspect, text

from app import create_app
from app.extensions import alembic, db

FIRST = "20261122"
MOMENT = "2026-01-01 00:00:00"
OLD_ROWS = (
    "INSERT INTO event (id, code, title, language, time_zone, retention_months, joining_locked, "
    "is_template, created_at) VALUES (1, 'ABCDEF', 'T', 'de', 'Europe/Berlin', 12, false, false, "
    f"'{MOMENT}')",
    f"INSERT INTO thread (id, event_id, subject, created_at) VALUES (1, 1, 'x', '{MOMENT}')",
    "INSERT INTO post (id, thread_id, key, text, html, submitted_text, created_at) "
    f"VALUES (1, 1, 'k', 'Hello', '<p>Hello</p>', 'Hello', '{MOMENT}')",
)


@pytest.fixture
def bare(database, tmp_path, request):
    """The application on a database without any tables."""
    environment = {"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": "x" * 32}
    if database == "postgresql":
        url = request.getfixturevalue("postgresql_url")
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as server:
            server.execute("DROP DATABASE IF EXISTS migrations WITH (FORCE)")
            server.execute("CREATE DATABASE migrations")
        environment["DATABASE_URL"] = url.rpartition("/")[0] + "/migrations"
    app = create_app(environment)
    yield app
    with app.app_context():
        db.engine.dispose()


def write(app, *statements):
    with (
        app.app_context(),
        db.engine.connect().execution_options(write=True) as connection,
        connection.begin(),
    ):
        for statement in statements:
            connection.execute(text(statement))


def read(app, statement):
    with app.app_context(), db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def upgrade(app, target="heads"):
    with app.app_context():
        alembic.upgrade(target)


def downgrade(app, target):
    with app.app_context():
        alembic.downgrade(target)


def test_they_lead_to_the_models(bare):
    upgrade(bare)
    with bare.app_context():
        assert alembic.compare_metadata() == []


def test_they_lead_back_and_forth_again(bare):
    upgrade(bare)
    downgrade(bare, "base")
    upgrade(bare)
    with bare.app_context():
        assert alembic.compare_metadata() == []


def test_what_was_written_before_is_there_afterwards(bare):
    upgrade(bare, FIRST)
    write(bare, *OLD_ROWS)
    upgrade(bare)
    assert read(bare, "SELECT thread_id, text, account_id FROM post") == [(1, "Hello", None)]
    assert read(bare, "SELECT id, event_id, forum_id FROM thread") == [(1, 1, None)]
    assert read(bare, "SELECT count(*) FROM thread WHERE last_posted_at = created_at") == [(1,)]


def test_code_from_before_goes_on_writing_meanwhile(bare):
    upgrade(bare)
    write(bare, *OLD_ROWS)
    assert read(bare, "SELECT post_count, title FROM thread") == [(0, "")]


@pytest.mark.parametrize(
    ("table", "new"),
    [
        ("proposal", {"merged_into_id", "within_id", "merged_at"}),
        ("official_answer", {"organisation", "state", "why", "state_at"}),
        ("request", {"why"}),
        ("concern_support", {"wording_id"}),
    ],
)
def test_code_that_knows_no_mergers_and_commitments_goes_without_them(bare, table, new):
    upgrade(bare)
    with bare.app_context():
        columns = {column["name"]: column for column in inspect(db.engine).get_columns(table)}
    assert new <= set(columns)
    assert all(columns[name]["nullable"] or columns[name]["default"] for name in new)


def test_votes_that_have_the_same_key_get_keys_of_their_own(bare):
    upgrade(bare, "20261122k")
    write(
        bare,
        OLD_ROWS[0],
        "INSERT INTO agenda_item (id, event_id, position, kind, title, text, settings) "
        "VALUES (1, 1, 1, 'scale', 'S', '', '{}')",
        "INSERT INTO ballot (id, event_id, item_id, kind, question, state, round, shows_live, "
        "source, most, stacking, lowest, highest, lowest_label, highest_label) VALUES "
        "(1, 1, 1, 'scale', 'Q', 'open', 1, false, 'given', 1, true, 1, 5, '', '')",
        *(
            "INSERT INTO vote (id, key, ballot_id, round, reason, cast_at) "
            f"VALUES ({id}, {key}, 1, 1, '', '{MOMENT}')"
            for id, key in ((1, 7), (2, 7), (3, 7), (4, 8))
        ),
    )
    upgrade(bare)
    keys = dict(read(bare, "SELECT id, key FROM vote"))
    assert (keys[1], keys[4], len(set(keys.values()))) == (7, 8, 4)


def test_the_way_back_keeps_what_events_have_and_drops_forums(bare):
    upgrade(bare)
    in_a_forum = (
        "INSERT INTO space (id, kind, name, description, is_private, allows_readers, joining, "
        f"accent, created_at) VALUES (1, 'free', 'S', '', true, false, 'invited', '', '{MOMENT}')",
        "INSERT INTO forum (id, space_id, title, description, position, thread_count, created_at) "
        f"VALUES (1, 1, 'F', '', 0, 1, '{MOMENT}')",
        "INSERT INTO thread (id, forum_id, subject, created_at) "
        f"VALUES (2, 1, 'forum', '{MOMENT}')",
        "INSERT INTO post (id, thread_id, key, text, html, submitted_text, created_at) "
        f"VALUES (2, 2, 'k', 'Later', '<p>Later</p>', 'Later', '{MOMENT}')",
    )
    write(bare, *OLD_ROWS, *in_a_forum)
    downgrade(bare, FIRST)
    assert read(bare, "SELECT id, text FROM post") == [(1, "Hello")]
    assert read(bare, "SELECT id FROM thread") == [(1,)]


def test_references_are_held_again_afterwards(bare):
    upgrade(bare)
    write(bare, *OLD_ROWS)
    write(bare, "DELETE FROM event")
    assert read(bare, "SELECT id FROM post") == []
