"""Dialograum: live conferences and the exchange between them. `create_app` joins the parts."""

import os
from collections.abc import Mapping
from inspect import iscoroutinefunction

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import (
    assets,
    commands,
    compression,
    database,
    failures,
    faults,
    kept,
    languages,
    limits,
    pages,
    security,
)
from app.addresses import Id, keep_place
from app.extensions import alembic, babel, csrf, db, login, socketio
from app.features import register_features
from app.observability.requests import Observed
from app.overload import Overload
from app.realtime import Publisher, sockets
from app.realtime.direct import DirectManager
from app.turns import Turns
from app.verbs import Application, VerbOverride
from config import Settings, flask_config


def create_app(environment: Mapping[str, str] | None = None) -> Flask:
    """The application with its settings read from this environment; nothing is started."""
    settings = Settings.from_environment(os.environ if environment is None else environment)
    app = Application(__name__, instance_path=str(settings.instance))
    app.url_map.converters["int"] = Id
    app.config.update(flask_config(settings))
    app.extensions["settings"] = settings
    _join_extensions(app)
    compression.init_app(app)
    security.init_app(app)
    app.after_request(keep_place)
    assets.init_app(app)
    faults.init_logs()
    failures.init_app(app)
    kept.init_app(app)
    pages.init_app(app)
    register_features(app)
    commands.init_app(app)
    turns = app.extensions["turns"] = Turns()
    wsgi = Overload(VerbOverride(app.wsgi_app), app, turns)
    hops = settings.proxies
    app.wsgi_app = Observed(  # type: ignore[method-assign]
        ProxyFix(wsgi, x_for=hops, x_proto=hops, x_host=hops) if hops else wsgi
    )
    return app


def _join_extensions(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    db.init_app(app)
    # The library also closes asynchronous sessions, of which there are none: an event loop made
    # for that at the end of each request took two thirds of its time.
    app.teardown_appcontext_funcs = [
        close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)
    ]
    with app.app_context():
        database.prepare(db.engine)
    app.config["ALEMBIC_CONTEXT"] = {
        "render_item": database.migration_type,
        "compare_server_default": False,  # those are only there for code older than a column
    }
    alembic.metadatas = {"default": database.Base.metadata}
    alembic.init_app(app)
    login.init_app(app)
    csrf.init_app(app)
    limits.init_app(app)
    babel.init_app(app, locale_selector=languages.chosen_language)
    socketio.init_app(
        app,
        async_mode=app.config.get("SOCKETIO_ASYNC_MODE", "gevent"),
        ping_interval=15,
        ping_timeout=20,
        cors_allowed_origins=settings.public_url,
        max_http_buffer_size=64 * 1024,
        http_compression=False,
        client_manager=DirectManager(),
    )
    app.extensions["publisher"] = Publisher(app, socketio)
    sockets.register(socketio)


__all__ = ["create_app"]
