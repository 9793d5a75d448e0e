"""What the application needs from carrying over."""

from flask import Flask

from app.carryover import broadcasts, following, permissions  # noqa: F401
from app.carryover.models import CarriedThread, SourceKind
from app.carryover.queries import threads_from
from app.carryover.routes import bp
from app.events import merging
from app.events.models import Event
from app.forums import heads
from app.forums.models import Thread
from app.livepolls.board import writings
from app.spaces.identity import present_account


def register(app: Flask) -> None:
    """Attach the routes, the head of threads, and what the results page asks."""
    merging.register(following.belongs_to)
    heads.register_for_threads(broadcasts.above)
    carried, of_an_aspect = CarriedThread, CarriedThread.kind == SourceKind.ASPECT
    writings.register(
        writings.Kind("carried", carried.id, carried.source_id, carried.id, (of_an_aspect,))
    )
    app.jinja_env.globals.update(
        threads_carried_from=threads_carried_from,
        above_thread=heads.above_thread,
        above_forum=heads.above_forum,
    )
    app.register_blueprint(bp)


def threads_carried_from(event: Event) -> dict[tuple[str, int], list[Thread]]:
    """Where the aspects and rooms of an event go on, for the reader of a page (not a broadcast)."""
    account = present_account()
    return threads_from(event.id, account.id if account else None)
