"""The process that warm servers are copies of: `python -m tests.warm_start`.

It has imported what `wsgi.py` imports. For each line, an environment and where to print, it forks,
and the copy goes on as `python wsgi.py` does; it answers with the copy's process id.
"""

import gc

gc.disable()  # as in `wsgi.py`, which goes on with that

from gevent import monkey  # noqa: E402

monkey.patch_all()

import json  # noqa: E402
import os  # noqa: E402
import runpy  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from importlib import import_module  # noqa: E402

import app.server  # noqa: E402, F401
from app.features import FEATURES  # noqa: E402

fork, waitpid = (monkey.get_original("os", name) for name in ("fork", "waitpid"))


def main() -> None:
    """Start servers until nobody asks for more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # that is for the servers
    for name in FEATURES:
        import_module(f"app.{name}.registration")
    for line in sys.stdin:
        bury_the_dead()
        pid = fork()
        if pid == 0:
            be_server(*json.loads(line))
            return
        print(pid, flush=True)


def bury_the_dead() -> None:
    """Take leave of copies that have ended; one that has not is left alone."""
    try:
        while waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def be_server(environment: dict[str, str], printed: str) -> None:
    """Go on as `python wsgi.py` with this environment, printing there."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    for number, path, mode in ((0, os.devnull, os.O_RDONLY), (1, printed, os.O_WRONLY)):
        os.dup2(os.open(path, mode | os.O_APPEND), number)
    os.dup2(1, 2)
    sys.argv = ["wsgi.py"]
    runpy.run_path("wsgi.py", run_name="__main__")


if __name__ == "__main__":
    main()
