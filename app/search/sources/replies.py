"""What was replied to contributions, once their round is over."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.breakouts.models import Contribution, ContributionThread, Room, Round
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Post
from app.search.sources import Entry, Hit, Reader, Source, register
from app.search.sources.halls import author_of, signed, tags_of
from app.search.sources.rooms import over, place_of
from app.search.words import plain

_replies = signed(
    select(Post.id, Post.created_at, Post.html, Round.event_id)
    .join(ContributionThread, ContributionThread.thread_id == Post.thread_id)
    .join(Contribution, Contribution.id == ContributionThread.contribution_id)
    .join(Room, Room.id == Contribution.room_id)
    .join(Round, Round.id == Room.round_id)
    .where(Post.withdrawn_at.is_(None)),
    Participant.id == Post.participant_id,
)


def _entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, "", plain(row.html), tags_of(row, "reply"))


def _hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    said_to = (Contribution.id.label("contribution_id"), Contribution.text)
    query = over(_replies.add_columns(*said_to), reader).where(
        Post.id.in_(ids), Post.hidden_at.is_(None), Contribution.shown()
    )
    return [_hit(row) for row in db.session.execute(query)]


def _hit(row: Any) -> Hit:
    url = url_for(
        "breakouts.contribution", contribution_id=row.contribution_id, _anchor=f"post-{row.id}"
    )
    text = plain(row.html)
    return Hit(row.id, url, row.text, text, row.created_at, place_of(row), author_of(row))


register(
    Source(
        "reply",
        14,
        _l("Reply to a contribution"),
        _l("Replies to contributions"),
        "quote",
        Post,
        _replies,
        _entry,
        _hits,
    )
)
