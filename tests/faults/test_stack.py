"""The production set-up: each part is killed or replaced while a crowd submits."""

import time
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app.extensions import db
from bench.stack import Stack
from tests.applications import application, beside
from tests.copies import copy
from tests.faults.account import are_there
from tests.faults.talk import Talk, open_talk
from tests.faults.watchers import Watcher
from tests.faults.world import World, open_world
from tests.servers import another_database

pytestmark = [pytest.mark.alone, pytest.mark.postgresql]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """PostgreSQL, Redis, nginx, two processes and a worker."""
    with Stack(apps=2, workers=1) as stack:
        yield stack


@pytest.fixture
def app(stack: Stack) -> Iterator[Flask]:
    """The application on the set-up's database, to make the event and to settle the account."""
    with application(beside(stack)) as app:
        yield app


@pytest.fixture
def calm(stack: Stack) -> Iterator[None]:
    """In the end no log has a traceback."""
    said = {name: len(log) for name, log in stack.logs.items()}
    yield
    for name, log in stack.logs.items():
        assert "Traceback" not in log[said.get(name, 0) :], f"{name}: {log[said.get(name, 0) :]}"


@pytest.fixture
def world(app: Flask, stack: Stack, calm: None) -> Iterator[World]:
    """An open poll."""
    world = open_world(app, stack.url)
    yield world
    for watcher in world.watchers:
        watcher.close()


@pytest.fixture
def talk(app: Flask, stack: Stack, calm: None) -> Talk:
    """A room that writes shared notes."""
    return open_talk(stack)


@pytest.fixture
def hall(world: World, watch: Callable[..., Watcher]) -> list[Watcher]:
    """Some who look on, with pages on both processes."""
    return [watch(name) for name in ("Anna", "Ben", "Carla")]


@pytest.mark.parametrize("part", ["app0", "redis"])
def test_a_killed_part_loses_nothing(stack, world, hall, length, part):
    killed = next(each for each in stack.parts if each.name == part)
    with world.crowd() as crowd:
        crowd.goes_on_for(length.around)
        killed.kill()
        for watcher in hall:
            watcher.write(f"{watcher.name} wrote this without {part}")
        crowd.goes_on_for(length.outage)
        killed.start()
        crowd.goes_on_for(length.around + 2)
        world.comes_through(crowd)


@pytest.mark.parametrize("part", ["app0", "redis", "postgresql"])
def test_notes_written_through_two_processes_come_through_a_killed_part(stack, talk, length, part):
    killed = next(each for each in stack.parts if each.name == part)
    one, other = stack.apps
    with talk.written_by("Anna", one), talk.written_by("Ben", other):
        talk.goes_on_for(length.around)
        killed.kill()
        time.sleep(length.outage)
        killed.start()
        with talk.written_by("Carla", one):
            talk.goes_on_for(length.around)
            talk.comes_through()


def test_a_restarted_database_loses_nothing(stack, world, hall, length):
    with world.crowd() as crowd:
        crowd.goes_on_for(length.around)
        stack.postgresql.restart()
        for watcher in hall:
            watcher.write(f"{watcher.name} wrote this when the database was away")
        crowd.goes_on_for(length.around + 2)
        world.comes_through(crowd)


def test_a_reloaded_nginx_loses_nothing(stack, world, hall, length):
    with world.crowd() as crowd:
        for watcher in hall:
            crowd.goes_on_for(length.around)
            stack.nginx.reload()
            watcher.write(f"{watcher.name} wrote this while nginx was reloaded")
        crowd.goes_on_for(length.around + 2)
        world.comes_through(crowd)


def test_processes_replaced_one_by_one_lose_nothing(stack, world, hall, length):
    with world.crowd() as crowd:
        crowd.goes_on_for(length.around)
        for process in stack.apps:
            process.restart()
            hall[0].write(f"Anna wrote this after {process.name} was replaced")
            crowd.goes_on_for(length.around)
        crowd.goes_on_for(length.around + 2)
        world.comes_through(crowd)


def test_an_upgrade_with_a_migration_loses_nothing(stack, world, hall, length, next_version):
    with world.crowd(seats=slice(length.people)) as crowd:
        crowd.goes_on_for(length.around)
        stack.flask("db", "upgrade", root=next_version)
        crowd.goes_on_for(length.around)
        for process in (*stack.apps, *stack.workers):
            process.root = next_version
            process.restart()
            hall[0].write(f"Anna wrote this after {process.name} was upgraded")
            crowd.goes_on_for(length.around)
        crowd.goes_on_for(length.around + 2)
        world.comes_through(crowd)


def test_a_backup_made_meanwhile_holds_all_that_was_acknowledged(
    stack, world, hall, length, tmp_path
):
    with world.crowd() as crowd:
        crowd.goes_on_for(length.around)
        before = list(crowd.acknowledged)
        copy("backup", tmp_path / "kept", stack.settings)
        crowd.goes_on_for(length.around + 2)
        world.comes_through(crowd)
    elsewhere = {
        **beside(stack),
        "DATABASE_URL": another_database(stack.postgresql.url, "restored"),
        "INSTANCE_PATH": str(tmp_path / "elsewhere"),
    }
    copy("restore", tmp_path / "kept", elsewhere)
    db.session.close()
    with application(elsewhere):
        are_there(before)
