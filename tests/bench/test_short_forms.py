"""The benchmarks of what is live, in their short form: nothing lost, doubled or out of order.

How long anything takes is not looked at: others work on this machine, too.
"""

import subprocess
import sys

import pytest

from bench.run import LIVE
from tests.live_server import ROOT

NEED_NO_SERVERS = ("fanout", "slowreaders", "coalescing")  # but the application itself
SERVERS = pytest.mark.postgresql


@pytest.mark.alone
@pytest.mark.parametrize(
    "name",
    [name if name in NEED_NO_SERVERS else pytest.param(name, marks=SERVERS) for name in LIVE],
)
def test_nothing_is_lost_doubled_or_out_of_order_under_load(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.run", "--short", name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
