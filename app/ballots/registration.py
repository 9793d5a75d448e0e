"""What the application needs from ballots."""

from flask import Flask

from app.ballots import broadcasts, permissions, queries, timekeeping  # noqa: F401
from app.ballots.merging import move_votes
from app.ballots.own_data import part
from app.ballots.routes import bp
from app.ballots.steps import reason_card, step_kinds
from app.events import cards, clocks, frame, merging, own_data
from app.events import steps as event_steps
from app.events.clocks import countdown_clock


def register(app: Flask) -> None:
    """Attach the routes, the steps, and what is one person's own."""
    clock = countdown_clock(broadcasts.clock, "ballot", queries.ballot_of, "ballots.add_time")
    for kind in step_kinds:
        event_steps.register(kind)
        clocks.register(kind.name, clock)
    cards.register(reason_card)
    frame.register_personal(broadcasts.mine)
    own_data.register(part)
    merging.register(move_votes)
    app.jinja_env.globals["own_vote"] = queries.own_vote
    app.register_blueprint(bp)
