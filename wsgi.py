"""Entry point: `python wsgi.py` serves the embedded default, gunicorn takes `app`."""

import gc
import sys

gc.disable()  # of what is imported nothing goes again: looking for that took a third of the start
SERVES = "flask" not in sys.modules  # the flask command brings its own imports, and serves nobody
if SERVES:
    from gevent import monkey

    monkey.patch_all()

from app import create_app  # noqa: E402
from app.server import serve, start_background  # noqa: E402
from config import ConfigurationError  # noqa: E402

try:
    app = create_app()
except ConfigurationError as error:
    sys.exit(f"dialograum: {error}")
gc.enable()

if __name__ == "__main__":
    serve(app)
elif SERVES:
    start_background(app)
