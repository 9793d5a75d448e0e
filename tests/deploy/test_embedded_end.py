"""The embedded server ends soon after it is told to, whoever is connected."""

import gc
import re
import signal
import time

import pytest
import requests

from tests.deploy.conftest import LEFT_OPEN
from tests.live_server import LiveServer
from tests.sockets import Page

pytestmark = [pytest.mark.socket, *LEFT_OPEN]


@pytest.fixture
def server(tmp_path):
    server = LiveServer({"INSTANCE_PATH": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""})
    server.start()
    yield server
    server.stop()
    gc.collect()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_though_pages_are_connected(server, told):
    code = re.search(r"/join/(\w+)", server.log)[1]
    url = f"{server.url}/api/v1/events/{code}/participants"
    pages = [
        Page(server, token=requests.post(url, json={"name": f"Guest {number}"}).json()["token"])
        for number in range(4)
    ]
    assert all(page.subscribe(f"event:{code}")["ok"] for page in pages)
    begun = time.monotonic()
    server.process.send_signal(told)
    assert server.process.wait(20) == 0
    assert time.monotonic() - begun < 15  # a second on a machine that has nothing else to do
    assert all(page.hears("disconnect", 5) for page in pages)
    assert "Traceback" not in server.log
    assert "KeyboardInterrupt" not in server.log
