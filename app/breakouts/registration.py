"""What the application needs from breakout rounds."""

from flask import Flask

from app.breakouts import broadcasts, permissions, timekeeping  # noqa: F401
from app.breakouts.commands import breakouts
from app.breakouts.own_data import part
from app.breakouts.routes import bp
from app.breakouts.steps import breakout_step, contribution_card
from app.events import cards, frame, own_data
from app.events import steps as event_steps


def register(app: Flask) -> None:
    """Attach the routes, the command, the step and the card."""
    event_steps.register(breakout_step)
    cards.register(contribution_card)
    own_data.register(part)
    frame.register_personal(broadcasts.marks, broadcasts.own_context)
    app.jinja_env.globals["lead_on"] = broadcasts.onward
    app.cli.add_command(breakouts)
    app.register_blueprint(bp)
