"""Drawing: every few seconds, beside the event loop, where something has changed."""

from dataclasses import asdict

from app import clockwork
from app.database import transaction
from app.extensions import db
from app.livepolls.clouds import actions, queries
from app.livepolls.clouds.models import WordCloud
from app.livepolls.models import FlashPoll
from app.livepolls.wordcloud import cloud
from app.offload import run_apart

PAUSE = 3.0  # seconds between two pictures, at least


@clockwork.every(PAUSE, if_any=queries.running_or_drawn)
def draw_clouds() -> None:
    """Draw the picture of each running poll in which something has changed; forget the others'."""
    for poll_id, state in queries.changed():
        draw(poll_id, state)
    ended = queries.ended()
    if ended:
        with transaction():
            actions.forget(ended)


def draw(poll_id: int, state: str) -> None:
    """Draw one picture beside the event loop, and keep it."""
    poll = db.session.get_one(FlashPoll, poll_id)
    kept = db.session.get(WordCloud, poll_id)
    known, drawn_from = (kept.words, kept.drawn_from) if kept else ([], "")
    before = [word["key"] for word in known]
    said, question, language = queries.said(poll), poll.question, poll.event.language
    db.session.rollback()  # nothing is held while it computes
    drawn = [asdict(word) for word in run_apart(cloud, said, question, language, before)]
    with transaction():
        actions.keep(poll_id, drawn, state, drawn_from)
