"""Processes that run the stage, and clients that keep all they hear."""

import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import requests
import socketio
from engineio.payload import Payload

from tests.live_server import ROOT, LiveServer

PATIENCE = 40.0
Payload.max_decode_packets = 1000  # or Python's client gives up when much has come between polls
NODE = shutil.which("node") or str(ROOT / ".venv" / "bin" / "node")


class Stage(LiveServer):
    """`stage.py` on a free port; `worker` runs it under gunicorn."""

    looked_at, told = "/state", signal.SIGTERM

    def __init__(self, *, stock: bool = False, worker: str = "", **environment: str) -> None:
        super().__init__({**({"STAGE": "stock"} if stock else {}), **environment})
        self._is_stock, self.port = stock, int(self.environment["PORT"])
        self.command = (sys.executable, "-m", "tests.realtime.stage", str(self.port))
        if worker:
            address = ("-b", f"127.0.0.1:{self.port}")
            times = ("-t", "60", "--graceful-timeout", "2")
            gunicorn = (sys.executable, "-m", "gunicorn", "-k", worker, *address, *times)
            self.command = (*gunicorn, "tests.realtime.stage:app")
        self.start()

    def script(self, *steps: dict[str, Any]) -> float:
        """Let it emit this; the seconds that took."""
        answer = requests.post(f"{self.url}/script", json=steps, timeout=60)
        return float(answer.json()["seconds"])

    @property
    def state(self) -> dict[str, Any]:
        """Who is there."""
        state: dict[str, Any] = requests.get(f"{self.url}/state", timeout=10).json()
        return state

    def waits_for(self, **wanted: Any) -> None:
        """Look until its state has these values."""
        deadline = time.monotonic() + PATIENCE
        while {name: self.state[name] for name in wanted} != wanted:
            assert time.monotonic() < deadline, (wanted, self.state)
            time.sleep(0.05)

    def stop(self) -> None:
        """End it; nothing may have gone wrong in it."""
        self._end(self.told)
        log = self.log
        self._log.close()
        assert self._is_stock or "Traceback" not in log, log


class PythonClient:
    """python-socketio's client."""

    def __init__(self, stage: Stage, name: str, transports: list[str], *rooms: str) -> None:
        self.heard: list[Any] = []
        self._ended = threading.Event()
        self.client = socketio.Client(reconnection=False)
        in_threads = self.client.eio._trigger_event
        self.client.eio._trigger_event = lambda *a, run_async=False, **k: in_threads(*a, **k)
        self.client.on("*", self._keep)
        self.client.connect(stage.url, auth={"name": name}, transports=transports)
        assert self.client.call("enter", rooms, timeout=PATIENCE) == "entered"

    def _keep(self, name: str, *data: Any) -> None:
        self.heard.append([name, *plain(data)])
        if name == "end":
            self._ended.set()

    def all(self) -> list[Any]:
        """What it has heard up to the end."""
        assert self._ended.wait(PATIENCE), self.heard[-3:]
        self.client.disconnect()
        return self.heard


class NodeClient:
    """The JavaScript client, as pages have it."""

    def __init__(self, stage: Stage, name: str, transports: list[str], *rooms: str) -> None:
        script = str(ROOT / "tests" / "realtime" / "listen.mjs")
        command = [NODE, script, stage.url, name, ",".join(transports), *rooms]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "entered\n"

    def all(self) -> list[Any]:
        """What it has heard up to the end."""
        out, _ = self.process.communicate(timeout=PATIENCE)
        heard: list[Any] = json.loads(out)
        return heard


def plain(data: Any) -> Any:
    """Data with bytes as a text, as the JavaScript client prints them."""
    if isinstance(data, bytes):
        return f"bytes {data.decode()}"
    if isinstance(data, (list, tuple)):
        return [plain(each) for each in data]
    if isinstance(data, dict):
        return {name: plain(value) for name, value in data.items()}
    return data
