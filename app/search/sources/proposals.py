"""Proposals, what is said about them, and official answers."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, or_, select

from app.breakouts.models import Report, Room, Round, RoundState
from app.events.models import Event, Participant
from app.extensions import db
from app.forums.models import Post, Thread
from app.livepolls.models import Aspect, FlashPoll
from app.proposals.models import OfficialAnswer, Proposal
from app.proposals.permissions import visible_to_all
from app.search.sources import Entry, Hit, Reader, Source, register
from app.search.sources.halls import (
    EVENT,
    author_of,
    in_event,
    results_url,
    signed,
    tags_of,
    to_aspect,
)
from app.search.words import plain

_proposals = signed(
    select(Proposal.id, Proposal.created_at, Proposal.html, FlashPoll.event_id)
    .join(Aspect, Aspect.id == Proposal.aspect_id)
    .join(FlashPoll, FlashPoll.id == Aspect.poll_id)
    .where(Proposal.withdrawn_at.is_(None)),
    Participant.id == Proposal.participant_id,
)
_comments = signed(
    select(Post.id, Post.created_at, Post.html, Thread.event_id)
    .join(Thread, Thread.id == Post.thread_id)
    .join(Proposal, Proposal.thread_id == Thread.id)
    .where(Post.withdrawn_at.is_(None), Thread.event_id.is_not(None)),
    Participant.id == Post.participant_id,
)


def _proposal_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, "", plain(row.html), tags_of(row, "proposal"))


def _proposal_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = (
        _proposals.add_columns(Aspect.id.label("aspect_id"), Aspect.title.label("aspect_title"))
        .add_columns(*EVENT)
        .join(Event, Event.id == FlashPoll.event_id)
        .where(Proposal.id.in_(ids), Event.id.in_(reader.event_ids), visible_to_all())
    )
    return [
        Hit(
            row.id,
            url_for("proposals.show", proposal_id=row.id),
            row.aspect_title,
            plain(row.html),
            row.created_at,
            in_event(row, to_aspect(row)),
            author_of(row),
        )
        for row in db.session.execute(query)
    ]


def _comment_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, "", plain(row.html), tags_of(row, "comment"))


def _comment_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = (
        _comments.add_columns(Proposal.id.label("proposal_id"), Proposal.html.label("about"))
        .add_columns(Aspect.id.label("aspect_id"), Aspect.title.label("aspect_title"), *EVENT)
        .join(Aspect, Aspect.id == Proposal.aspect_id)
        .join(Event, Event.id == Thread.event_id)
        .where(
            Post.id.in_(ids),
            Post.hidden_at.is_(None),
            Event.id.in_(reader.event_ids),
            visible_to_all(),
        )
    )
    return [
        Hit(
            row.id,
            url_for("proposals.show", proposal_id=row.proposal_id, _anchor=f"post-{row.id}"),
            row.aspect_title,
            plain(row.html),
            row.created_at,
            in_event(row, to_aspect(row)),
            author_of(row),
        )
        for row in db.session.execute(query)
    ]


_answers = signed(
    select(OfficialAnswer.id, OfficialAnswer.created_at, OfficialAnswer.html)
    .add_columns(OfficialAnswer.event_id)
    .where(OfficialAnswer.withdrawn_at.is_(None)),
    Participant.id == OfficialAnswer.participant_id,
)


def _answer_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, "", plain(row.html), tags_of(row, "answer"))


def _answer_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = (
        _answers.add_columns(Aspect.id.label("aspect_id"), Aspect.title.label("aspect_title"))
        .add_columns(Report.id.label("report_id"), Report.request, *EVENT)
        .join(Event, Event.id == OfficialAnswer.event_id)
        .outerjoin(Aspect, Aspect.id == OfficialAnswer.aspect_id)
        .outerjoin(FlashPoll, FlashPoll.id == Aspect.poll_id)
        .outerjoin(Report, Report.id == OfficialAnswer.report_id)
        .outerjoin(Room, Room.id == Report.room_id)
        .outerjoin(Round, Round.id == Room.round_id)
        .where(
            OfficialAnswer.id.in_(ids),
            OfficialAnswer.hidden_at.is_(None),
            Event.id.in_(reader.event_ids),
            or_(
                FlashPoll.frozen_at.is_not(None),
                and_(Round.state == RoundState.OVER, Report.request != ""),
            ),
        )
    )
    return [_answer_hit(row) for row in db.session.execute(query)]


def _answer_hit(row: Any) -> Hit:
    if row.aspect_id is None:
        url = results_url(row, f"request-{row.report_id}")
        title, where = row.request, in_event(row)
    else:
        anchor = f"answer-{row.id}"
        url = url_for("proposals.aspect", aspect_id=row.aspect_id, _anchor=anchor)
        title, where = row.aspect_title, in_event(row, to_aspect(row))
    return Hit(row.id, url, title, plain(row.html), row.created_at, where, author_of(row))


register(
    Source(
        "proposal",
        6,
        _l("Solution proposal"),
        _l("Solution proposals"),
        "proposal",
        Proposal,
        _proposals,
        _proposal_entry,
        _proposal_hits,
    )
)

register(
    Source(
        "comment",
        7,
        _l("Comment"),
        _l("Comments"),
        "reply",
        Post,
        _comments,
        _comment_entry,
        _comment_hits,
    )
)

register(
    Source(
        "answer",
        8,
        _l("Official answer"),
        _l("Official answers"),
        "official",
        OfficialAnswer,
        _answers,
        _answer_entry,
        _answer_hits,
    )
)
