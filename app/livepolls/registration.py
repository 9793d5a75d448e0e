"""What the application needs from flash polls."""

from flask import Flask

from app.events import cards, frame, own_data
from app.events import steps as event_steps
from app.livepolls import broadcasts, permissions, suggesting  # noqa: F401
from app.livepolls.commands import concerns
from app.livepolls.own_data import part
from app.livepolls.routes import bp
from app.livepolls.steps import aspect_card, concern_card, poll_step


def register(app: Flask) -> None:
    """Attach the routes, the command, the step and the cards."""
    event_steps.register(poll_step)
    cards.register(concern_card)
    cards.register(aspect_card)
    own_data.register(part)
    frame.register_personal(broadcasts.marks, broadcasts.own_context)
    frame.register_personal(broadcasts.mine, broadcasts.own_context)
    app.jinja_env.globals.update(
        concern_card=broadcasts.concern_card, sorting_card=broadcasts.sorting_card
    )
    app.cli.add_command(concerns)
    app.register_blueprint(bp)
