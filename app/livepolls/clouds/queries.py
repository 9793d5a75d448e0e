"""Reads of the pictures, and of what they are to be drawn from."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.events.models import Event
from app.extensions import db
from app.livepolls.clouds.models import WordCloud
from app.livepolls.models import Concern, ConcernSupport, FlashPoll, PollState
from app.livepolls.queries import voices


def words_of(poll: FlashPoll) -> list[dict[str, Any]]:
    """The picture, as long as concerns come in that everybody sees."""
    drawn: list[dict[str, Any]] = contexts([poll.id]).get(poll.id, {}).get("words", [])
    return drawn


def contexts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What the pictures of these polls need."""
    rows = db.session.execute(
        select(FlashPoll, WordCloud.words)
        .join(WordCloud, WordCloud.poll_id == FlashPoll.id)
        .where(FlashPoll.id.in_(ids))
    )
    return {
        poll.id: {"poll": poll, "words": drawn if poll.is_open and poll.shows_concerns else []}
        for poll, drawn in rows
    }


def running_or_drawn(_moment: Any) -> Select[int]:
    """The polls of which there may be something to draw, or a picture to forget."""
    return (
        select(FlashPoll.id)
        .outerjoin(WordCloud, WordCloud.poll_id == FlashPoll.id)
        .where(or_(FlashPoll.state == PollState.OPEN, WordCloud.poll_id.is_not(None)))
    )


def changed() -> list[tuple[int, str]]:
    """The polls whose concerns everybody sees coming in, with what is there by now."""
    voiced = aliased(Concern)
    supports = (
        select(func.count())
        .select_from(ConcernSupport)
        .join(voiced, voiced.id == ConcernSupport.concern_id)
        .where(voiced.poll_id == FlashPoll.id)
        .correlate(FlashPoll)
        .scalar_subquery()
    )
    counted = (func.count(Concern.id), func.sum(Concern.id), func.max(Concern.edited_at), supports)
    rows = db.session.execute(
        select(FlashPoll.id, WordCloud.drawn_from, *counted)
        .join(Event, Event.current_item_id == FlashPoll.item_id)
        .outerjoin(WordCloud, WordCloud.poll_id == FlashPoll.id)
        .outerjoin(Concern, and_(Concern.poll_id == FlashPoll.id, Concern.shown()))
        .where(FlashPoll.state == PollState.OPEN, FlashPoll.hides_until_closed.is_(False))
        .group_by(FlashPoll.id, WordCloud.drawn_from)
    )
    states = ((id, before, " ".join(map(str, state))) for id, before, *state in rows)
    return [(id, state) for id, before, state in states if state != before]


def ended() -> Sequence[int]:
    """The polls that have a picture, and take no concerns any more."""
    return db.session.scalars(
        select(WordCloud.poll_id)
        .join(FlashPoll, FlashPoll.id == WordCloud.poll_id)
        .where(FlashPoll.state != PollState.OPEN)
    ).all()


def said(poll: FlashPoll) -> list[tuple[str, list[int]]]:
    """What everybody sees of a poll, and who stands behind it."""
    people = voices(poll)
    shown = db.session.execute(
        select(Concern.id, Concern.text).where(Concern.poll_id == poll.id, Concern.shown())
    )
    return [(text, sorted(people.get(id, ()))) for id, text in shown]
