"""What the application needs from breakout rounds."""

from typing import Any

from flask import Flask, url_for
from sqlalchemy import select

from app.breakouts import (  # noqa: F401
    beside,
    broadcasts,
    merged_homes,
    own_plans,
    permissions,
    queries,
    timekeeping,
)
from app.breakouts.broadcasts import leading, naming  # noqa: F401
from app.breakouts.commands import breakouts
from app.breakouts.models import (
    BEFORE_THE_TALK,
    Contribution,
    Duty,
    Nomination,
    RoomMessage,
    Round,
)
from app.breakouts.own_data import attendance, messages, move_attendance, move_placements, part
from app.breakouts.planning.settled import settled_in
from app.breakouts.references import room
from app.breakouts.routes import bp
from app.breakouts.steps import breakout_step, contribution_card
from app.breakouts.talks import register_talks
from app.composing import references
from app.events import cards, clocks, frame, marks, merging, own_data, retention
from app.events import steps as event_steps
from app.events.clocks import Clock
from app.events.marks import How
from app.events.models import AgendaItem


def register(app: Flask) -> None:
    """Attach the routes, the command, the step and the card."""
    event_steps.register(breakout_step)
    cards.register(contribution_card)
    references.register(room)
    own_data.register(part)
    own_data.register(own_plans.part)
    own_data.register(own_plans.parts)
    merging.register(own_plans.move_plans)
    retention.also(own_plans.forget)
    merging.register(merging.texts(Contribution))
    merging.register(move_placements)
    own_data.register(attendance)
    own_data.register(messages)
    merging.register(move_attendance)
    merging.register(merging.texts(RoomMessage))
    not_withdrawn = Contribution.withdrawn_at.is_(None)
    clocks.register(breakout_step.name, Clock(broadcasts.clock, _running, _one_more_minute))
    marks.register(
        "contribution", How.OWN, Contribution.participant_id, Contribution.id, not_withdrawn
    )
    register_talks()
    marks.register("duty", How.OWN, Duty.participant_id, Duty.id)
    before = Nomination.round_id.in_(select(Round.id).where(Round.state.in_(BEFORE_THE_TALK)))
    marks.register("nomination", How.OWN, Nomination.participant_id, Nomination.round_id, before)
    frame.register_place(beside.place_of)
    frame.register_personal(naming.roles, "nomination", lambda: {"roles": []}, first=True)
    app.jinja_env.globals["lead_on"] = broadcasts.onward
    app.jinja_env.globals["declined_panel"] = naming.declined_panel
    app.jinja_env.globals["rounds_before"] = queries.rounds_before
    app.jinja_env.globals["round_of"] = queries.round_of
    app.jinja_env.globals["settled_in"] = settled_in
    app.cli.add_command(breakouts)
    app.register_blueprint(bp)


def _running(item: AgendaItem) -> dict[str, Any] | None:
    """The clock of a round that is open."""
    round_ = queries.round_of(item)
    return {"round": round_} if round_ is not None and round_.is_open else None


def _one_more_minute(item: AgendaItem) -> str:
    round_ = queries.round_of(item)
    assert round_ is not None
    return url_for("breakouts.extend", round_id=round_.id, minutes=1)
