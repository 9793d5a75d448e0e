"""Suggested groups of similar concerns, computed beside the event loop and put beside the board."""

import logging
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from app import clockwork
from app.database import locked, now, transaction
from app.extensions import db
from app.livepolls.board import actions
from app.livepolls.board.offering import Pair, apart, suggestions_from
from app.livepolls.grouping import Anchor, Concern, Grouping, best_group, group
from app.livepolls.models import Concern as StoredConcern
from app.livepolls.models import FlashPoll, PollState
from app.livepolls.operators_model import ModelAway, OperatorsModel, meaning_at_work
from app.livepolls.queries import aspect_cards, cards, voices
from app.livepolls.vectors import embed_some, known_vectors, made_by
from app.offload import GoneApart, run_apart

log = logging.getLogger(__name__)


def wanting(_moment: Any) -> Select[int]:
    """The polls in which somebody asked for suggestions, or has said something late."""
    return select(FlashPoll.id).where(or_(FlashPoll.suggestions_wanted, _has_late_ones()))


@clockwork.every(0.5, if_any=wanting)
def suggest_where_wanted() -> None:
    """Compute the suggestions that are wanted."""
    for poll_id in db.session.scalars(wanting(now())).all():
        suggest(poll_id)


def _has_late_ones() -> ColumnElement[bool]:
    """Polls that take concerns after the choice: each is matched to the aspects as it comes."""
    late = StoredConcern.created_at > func.coalesce(FlashPoll.suggested_at, FlashPoll.frozen_at)
    return and_(
        FlashPoll.frozen_at.is_not(None),
        FlashPoll.state == PollState.OPEN,
        select(StoredConcern.id).where(StoredConcern.poll_id == FlashPoll.id, late).exists(),
    )


def suggest(poll_id: int) -> None:
    """Group what is unsorted in a poll; what moderators have placed stays as it is."""
    poll = db.session.get_one(FlashPoll, poll_id)
    if not _is_embedded(poll):
        return  # the rest comes with the next looks, and others have their turns between
    began_at = _when_nobody_submits(poll_id)
    wanted = poll.suggestions_wanted
    with suppress(ModelAway):  # the next look finds another one at work
        grouping = _grouping(poll)
        with transaction():
            poll = locked(FlashPoll, poll_id)
            if wanted and not poll.suggestions_wanted:
                return  # another process was faster, and moderators are sorting already
            actions.replace_suggestions(poll, suggestions_from(poll, grouping), began_at)


def _when_nobody_submits(poll_id: int) -> datetime:
    """A moment before which nothing was written that is not committed now.

    Who submits holds the poll: else what was written before and committed after we look would seem
    to be matched, and wait in the tray for ever.
    """
    with transaction():
        locked(FlashPoll, poll_id)
        return now()


def _is_embedded(poll: FlashPoll) -> bool:
    """Whether the concerns of a poll have their vectors, or cannot get them here."""
    try:
        return embed_some(poll)
    except GoneApart:
        log.exception("a model of meaning cannot be used")
        return True


def _grouping(poll: FlashPoll) -> Grouping:
    """All that counts of a poll, grouped by the model at work."""
    model, question = meaning_at_work(), poll.question
    concerns, anchors, parted = _input(poll)
    bonds: dict[str, Any] = {"anchors": anchors, "apart": parted, "lang": poll.event.language}
    known = known_vectors(poll, model)
    db.session.rollback()  # nothing is held while it computes
    if not isinstance(model, OperatorsModel):
        return _grouped(question, concerns, known, **bonds)
    said = [*(concern.text for concern in concerns), *(anchor.title for anchor in anchors), ""]
    missing = [text for text in dict.fromkeys(said) if text not in known]
    known |= dict(zip(missing, made_by(model, question, missing), strict=True))
    return _grouped(question, concerns, known, model.name, **bonds)


def _grouped(
    question: str,
    concerns: list[Concern],
    known: dict[str, bytes],
    model: str | None = None,
    **bonds: Any,
) -> Grouping:
    """By meaning, or by words where the process ends in trying."""
    try:
        return run_apart(best_group, question, concerns, known, model, **bonds)
    except GoneApart:
        log.exception("a model of meaning cannot be used")
        return run_apart(group, question, concerns, **bonds)


def _input(poll: FlashPoll) -> tuple[list[Concern], list[Anchor], list[Pair]]:
    shown = cards(
        StoredConcern.poll_id == poll.id,
        StoredConcern.shown(),
        StoredConcern.off_topic_at.is_(None),
    )
    people = voices(poll)
    concerns = [
        Concern(
            id=str(card.concern.id),
            text=card.concern.text,
            by=str(card.concern.participant_id) if card.concern.participant_id else None,
            supporters=tuple(
                str(p)
                for p in sorted(people.get(card.concern.id, ()))
                if p != card.concern.participant_id
            ),
        )
        for card in shown
    ]
    aspects = [card for card in aspect_cards(poll, shown) if card.cards]
    anchors = [
        Anchor(card.aspect.title, tuple(str(c.concern.id) for c in card.cards)) for card in aspects
    ]
    return concerns, anchors, apart(poll, aspects)
