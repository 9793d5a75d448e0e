"""The application as it is served, with a hand on the inside: messages and facts at a pace."""

from gevent import monkey

monkey.patch_all()

import time  # noqa: E402
from itertools import count  # noqa: E402

import gevent  # noqa: E402
from sqlalchemy import select  # noqa: E402

from app import create_app  # noqa: E402
from app.database import transaction  # noqa: E402
from app.events.models import Event  # noqa: E402
from app.extensions import db, socketio  # noqa: E402
from app.livepolls.facts import ConcernSupported  # noqa: E402
from app.livepolls.models import Concern  # noqa: E402
from app.outbox import announce  # noqa: E402
from app.realtime import Publisher, View  # noqa: E402
from app.server import serve  # noqa: E402
from bench.load.pacing import answers_apart, message, obey, paced, stamp  # noqa: E402

QUIET = 0.6  # seconds between two ticks that are measured, more than a tick takes

app = create_app()
numbers = count()


def send(rate: float, times: float, size: float) -> None:
    """Send messages to the hall as the publisher does, but without a reason."""
    publisher: Publisher = app.extensions["publisher"]
    heard = [
        pair
        for source in publisher.sources.values()
        for pair in source.audiences.items()
        if pair[0].view is View.HALL
    ]

    def emit() -> None:
        for audience, progress in heard:
            progress.revision += 1
            said = message(audience.channel, progress.revision, progress.position, size)
            socketio.emit("change", said, to=audience.key)

    paced(rate, times, emit)


def change(rate: float, times: float) -> None:
    """Announce one concern after the other: the whole way from the transaction to the pages.

    The text holds the moment; the fact is that of a vote, which moves no index for the search.
    """
    with app.app_context():
        ids, channel = db.session.scalars(select(Concern.id)).all(), _channel()

    def write() -> None:
        with app.app_context(), transaction() as session:
            concern = session.get_one(Concern, ids[next(numbers) % len(ids)])
            concern.text = f"How do we reach parents who carry a heavy load early on? {stamp()}"
            announce(ConcernSupported(concern.poll_id, concern.id), channel)

    paced(rate, times, write)


def vote(ticks: float, votes: float, spread: float) -> dict[str, float]:
    """So many votes within each tick, for so many concerns; the CPU time after their commit."""
    spent = 0.0
    with app.app_context():
        channel = _channel()
    for _ in range(int(ticks)):
        with app.app_context(), transaction() as session:
            concerns = session.scalars(select(Concern).limit(int(spread))).all()
            for number in range(int(votes)):
                concern = concerns[number % len(concerns)]
                announce(ConcernSupported(concern.poll_id, concern.id), channel)
        begun = time.process_time()
        gevent.sleep(QUIET)
        spent += time.process_time() - begun
    return {"cpu_ms": spent * 1000 / ticks}


def _channel() -> str:
    return db.session.scalars(select(Event)).first().channel  # type: ignore[union-attr]


if __name__ == "__main__":
    gevent.spawn(obey, {"send": send, "change": change, "vote": vote}, answers_apart())
    serve(app)
