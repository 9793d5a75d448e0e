"""Entry point: `python wsgi.py` serves the embedded default, gunicorn takes `app`."""

import sys

if "flask" not in sys.modules:  # the flask command brings its own imports, and serves nobody
    from gevent import monkey

    monkey.patch_all()

from app import create_app
from config import ConfigurationError

try:
    app = create_app()
except ConfigurationError as error:
    sys.exit(f"dialograum: {error}")

if __name__ == "__main__":
    from app.server import serve

    serve(app)
