"""Proposals, as posts in forums link to them."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _n
from sqlalchemy import Select, select

from app.composing.references import (
    MOST_OFFERED,
    Card,
    Offer,
    ReferenceKind,
    either,
    under,
    within_event,
)
from app.events.models import Event
from app.extensions import db
from app.livepolls.models import Aspect, FlashPoll
from app.proposals.models import Proposal
from app.proposals.permissions import visible_to_all
from app.proposals.queries import supports_of

LONGEST_TITLE = 160  # characters


def _proposals(*columns: Any) -> Select[Any]:
    """The proposals that everybody in their event sees, with it."""
    return (
        select(Proposal, *columns)
        .join(Aspect, Aspect.id == Proposal.aspect_id)
        .join(FlashPoll, FlashPoll.id == Aspect.poll_id)
        .join(Event, Event.id == FlashPoll.event_id)
        .where(visible_to_all())
    )


def _load(ids: Sequence[int]) -> dict[int, Card]:
    rows = db.session.execute(
        _proposals(Event.space_id, Event.title, supports_of).where(Proposal.id.in_(ids))
    )
    return {
        one.id: Card(
            _title(one), space_id, place, _n("%(num)d voice", "%(num)d voices", 1 + others)
        )
        for one, space_id, place, others in rows
    }


def _offer(space_id: int) -> list[Offer]:
    rows = db.session.execute(
        _proposals(Event.title)
        .where(Event.space_id == space_id)
        .order_by(Proposal.id.desc())
        .limit(MOST_OFFERED)
    )
    return [Offer(f"/proposals/{one.id}", _title(one), place) for one, place in rows]


def _title(proposal: Proposal) -> str:
    words = proposal.body.striptags()
    return words if len(words) <= LONGEST_TITLE else f"{words[:LONGEST_TITLE].rstrip()} …"


proposal = ReferenceKind(
    "proposal",
    _l("Proposal"),
    "proposal",
    either(under("/proposals/"), within_event("proposal")),
    _load,
    of_event=True,
    offer=_offer,
)
