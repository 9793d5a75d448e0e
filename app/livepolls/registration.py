"""What the application needs from flash polls."""

from flask import Flask

from app.composing import references
from app.events import cards, clocks, frame, marks, merging, own_data
from app.events import steps as event_steps
from app.events.clocks import countdown_clock
from app.events.marks import How
from app.extensions import socketio
from app.livepolls import broadcasts, permissions, queries, suggesting, timekeeping  # noqa: F401
from app.livepolls.board import broadcasts as board
from app.livepolls.board import company
from app.livepolls.board.belonging import belongs_to
from app.livepolls.clouds import broadcasts as _cloud_broadcasts  # noqa: F401
from app.livepolls.clouds import drawing  # noqa: F401
from app.livepolls.commands import concerns
from app.livepolls.models import Concern, ConcernSupport
from app.livepolls.own_data import part
from app.livepolls.references import aspect, concern
from app.livepolls.routes import bp
from app.livepolls.steps import aspect_card, concern_card, poll_step


def register(app: Flask) -> None:
    """Attach the routes, the command, the step and the cards."""
    event_steps.register(poll_step)
    clock = countdown_clock(broadcasts.clock, "poll", queries.poll_of, "livepolls.add_time")
    clocks.register(poll_step.name, clock)
    cards.register(concern_card)
    cards.register(aspect_card)
    references.register(aspect)
    references.register(concern)
    own_data.register(part)
    merging.register(merging.texts(Concern))
    merging.register(merging.marks(ConcernSupport, Concern))
    merging.register(belongs_to)
    frame.register_personal(broadcasts.mine, "concern", lambda: {"own": []})
    frame.register_personal(
        broadcasts.supports, "concern", lambda: {"supported": []}, how=How.SUPPORTED
    )
    kept = Concern.withdrawn_at.is_(None)
    marks.register("concern", How.OWN, Concern.participant_id, Concern.id, kept)
    marks.register(
        "concern", How.SUPPORTED, ConcernSupport.participant_id, ConcernSupport.concern_id
    )
    app.jinja_env.globals.update(
        concern_card=broadcasts.concern_card,
        sorting_card=board.sorting_card,
        board_head=board.board_head,
        board_log=board.board_log,
    )
    company.register(socketio)
    app.cli.add_command(concerns)
    app.register_blueprint(bp)
