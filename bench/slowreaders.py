"""Four of ten clients stop reading for nine seconds: nobody else may notice."""

import time
from contextlib import ExitStack
from typing import Any

from bench.load.contenders import our_server
from bench.load.crowd import Crowd

CLIENTS, SLOW = 10, 4
SECONDS = 9.0
A_SECOND = 500  # messages
SIZE = 6000  # bytes of each: more than all buffers on the way hold in this time
SMALL = 4096  # bytes that a slow one's system takes in advance
AFTERWARDS = 3.0  # seconds until those who were cut off are back


def measure(short: bool = False) -> dict[str, Any]:
    """What each of the clients has heard, counted one by one."""
    seconds = 2.0 if short else SECONDS
    with ExitStack() as started:
        server, world = our_server(started, CLIENTS)
        crowd = started.enter_context(Crowd(server.url, channel=world.heard))
        crowd.say(f"buffer {SMALL}")
        crowd.admit(world.tokens[:SLOW])
        crowd.say("buffer 0")
        crowd.admit(world.tokens[SLOW:])
        crowd.wait_until_all_hear()
        crowd.reset()
        sent = int(A_SECOND * (seconds + 1))
        crowd.say(f"pause {SLOW} {seconds}")
        server.ask(f"send {A_SECOND} {sent} {SIZE}")
        time.sleep(AFTERWARDS)
        crowd.wait_until_all_hear()
        server.ask(f"send 1 1 {SIZE}")  # one that all of them hear again
        return _rows(crowd, crowd.wait_until_true(), sent + 1)


def _rows(crowd: Crowd, heard: dict[str, Any], sent: int) -> dict[str, Any]:
    states = crowd.ask("states")
    newest = max(revision for *_, revision in states)
    rows = {
        "who read on": _row(states[SLOW:], sent, newest),
        "who stopped": _row(states[:SLOW], sent, newest),
    }
    reading, stopped = rows.values()
    reading["target"] = "all, each once, in order"
    reading["met"] = reading["exact"] = (
        reading["fewest"] == reading["most"] == sent and not reading["wrong"] + heard["broken"]
    )
    stopped["target"] = "cut off and back, or all; true in the end"
    stopped["met"] = stopped["exact"] = stopped["true_in_the_end"] == SLOW and not stopped["wrong"]
    return rows


def _row(states: list[list[int]], sent: int, newest: int) -> dict[str, Any]:
    """A client that came back begins with what the server says then: that is no gap."""
    return {
        "clients": len(states),
        "sent": sent,
        "fewest": min(state[0] for state in states),
        "most": max(state[0] for state in states),
        "wrong": sum(gaps + repeats for _, gaps, repeats, _, _ in states),
        "came_back": sum(connections - 1 for *_, connections, _ in states),
        "true_in_the_end": sum(revision == newest for *_, revision in states),
    }
