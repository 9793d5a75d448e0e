"""What is done to the pictures; each runs inside a transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete

from app.database import dialect_insert, locked, now
from app.events.facts import CardHidden
from app.extensions import db
from app.livepolls.clouds.facts import CloudDrawn
from app.livepolls.clouds.models import WordCloud
from app.livepolls.facts import AuthorLeaves
from app.livepolls.models import Concern, FlashPoll
from app.livepolls.wordcloud import keys_of
from app.outbox import announce, follows


def keep(poll_id: int, drawn: list[dict[str, Any]], state: str, drawn_from: str) -> None:
    """Keep a new picture in place of the one that was drawn from what was there before."""
    poll, picture = db.session.get_one(FlashPoll, poll_id), _held(poll_id)
    if picture.drawn_from != drawn_from:
        return  # another process was faster, or something was hidden meanwhile
    is_new = picture.words != drawn
    picture.drawn_from, picture.words = state, drawn
    if is_new:
        announce(CloudDrawn(poll_id), poll.event.channel)


def forget(poll_ids: Sequence[int]) -> None:
    """Throw the pictures of these polls away."""
    db.session.execute(delete(WordCloud).where(WordCloud.poll_id.in_(poll_ids)))


@follows(CardHidden)
def take_out(fact: CardHidden) -> None:
    """The words of a hidden concern go at once; where others use them, they come again."""
    concern = db.session.get(Concern, fact.id) if fact.kind == "concern" else None
    if concern is not None and concern.is_hidden:
        _take_out(concern)


@follows(AuthorLeaves)
def take_back(fact: AuthorLeaves) -> None:
    """So do words that only their author has said, while the concern goes on with others."""
    concern = db.session.get_one(Concern, fact.concern_id)
    if _take_out(concern):
        announce(CloudDrawn(concern.poll_id), concern.poll.event.channel)


def _take_out(concern: Concern) -> bool:
    """Take the words of a concern out of the picture; returns whether any was there."""
    poll = concern.poll
    picture = _held(poll.id) if poll.is_open else db.session.get(WordCloud, poll.id)
    if picture is None:
        return False
    gone = keys_of(concern.text, poll.event.language)
    picture.drawn_from = f"hidden {now().isoformat()}"  # what is being drawn now is not kept
    before = picture.words
    picture.words = [word for word in before if word["key"] not in gone]
    return len(picture.words) < len(before)


def _held(poll_id: int) -> WordCloud:
    values = {"poll_id": poll_id, "drawn_from": "", "words": []}
    db.session.execute(dialect_insert(WordCloud).values(values).on_conflict_do_nothing())
    return locked(WordCloud, poll_id)
