"""The embedded server: whatever happens to it, what it has acknowledged is there, once."""

import time

import pytest

from app.extensions import db
from tests.applications import application
from tests.copies import copy
from tests.faults.account import are_there

pytestmark = pytest.mark.alone


def test_a_killed_server_loses_nothing(world, server, watch, length):
    anna = watch("Anna")
    with world.crowd() as crowd:
        crowd.goes_on_for(length.around)
        server.kill()
        anna.write("Written while the server was away")
        server.start()
        crowd.goes_on_for(length.around + 2)
        world.comes_through(crowd)


def test_everything_sent_twice_is_there_once(world, watch, length):
    watch("Anna")
    with world.crowd(twice=True) as crowd:
        crowd.goes_on_for(2 * length.around)
        world.comes_through(crowd)


def test_wrong_clocks_change_nothing(world, watch, length):
    late, early = watch("Late", clock=-5 * 3600), watch("Early", clock=3 * 86400)
    with world.crowd() as crowd:
        late.write("Yesterday's words")
        early.write("Tomorrow's words")
        crowd.goes_on_for(length.around)
        world.comes_through(crowd)


def test_a_third_of_the_hall_in_a_dead_spot_comes_back(world, wire, watch, length):
    anna, ben = watch("Anna"), watch("Ben", wire.root)
    with world.crowd(seats=slice(8, None)) as crowd, world.crowd(wire.root, seats=slice(8)) as cut:
        crowd.goes_on_for(length.around)
        with wire.cut():
            ben.write("Written in a dead spot")
            crowd.goes_on_for(length.outage)
        cut.goes_on_for(length.around + 5)
        world.comes_through(crowd, cut)
    assert anna.shows


def test_a_full_disk_refuses_and_loses_nothing(disk, world, watch, length):
    anna = watch("Anna")
    with world.crowd() as crowd:
        crowd.goes_on_for(length.around)
        with disk.full():
            anna.write("Written on a full disk")
            time.sleep(length.outage)
        crowd.goes_on_for(length.around + 2)
        world.comes_through(crowd)
    assert set(crowd.statuses) & {503, 507}, crowd.statuses
    assert set(crowd.statuses) <= {200, 201, 204, 429, 503, 507}, crowd.statuses


def test_a_backup_made_meanwhile_holds_all_that_was_acknowledged(
    environment, world, watch, length, tmp_path
):
    watch("Anna")
    with world.crowd() as crowd:
        crowd.goes_on_for(length.around)
        before = list(crowd.acknowledged)
        copy("backup", tmp_path / "kept", environment)
        crowd.goes_on_for(length.around)
        world.comes_through(crowd)
    elsewhere = {**environment, "INSTANCE_PATH": str(tmp_path / "elsewhere")}
    copy("restore", tmp_path / "kept", elsewhere)
    db.session.close()
    with application(elsewhere):
        are_there(before)
