"""What the application needs from spaces."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accounts import administration
from app.accounts import own_data as accounts
from app.spaces import (  # noqa: F401
    broadcasts,
    own_data,
    panels,
    permissions,
    retention,
    subscriptions,
)
from app.spaces.frame import Panel, Tab, register_panel, register_tab
from app.spaces.names import KIND_NAMES, ROLE_NAMES
from app.spaces.routes import bp


def register(app: Flask) -> None:
    """Attach the routes, and what a space's pages show of the space itself."""
    register_tab(Tab(_l("Overview"), "room", panels.overview_url, 0))
    register_tab(Tab(_l("People"), "people", panels.people_url, 30))
    register_tab(Tab(_l("Settings"), "edit", panels.settings_url, 90))
    register_panel(Panel("spaces/_about.html", panels.about, 40))
    register_panel(Panel("spaces/_groups.html", panels.groups, 50))
    register_panel(Panel("spaces/_people.html", panels.people, 60))
    administration.register("spaces.administration", _l("Spaces"), 10)
    accounts.register(own_data.part)
    app.register_blueprint(bp)
    app.jinja_env.globals.update(space_kind_names=KIND_NAMES, space_role_names=ROLE_NAMES)
