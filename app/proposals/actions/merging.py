"""Merging proposals that say the same: nothing of either is lost, and it can be taken back."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import now
from app.errors import Conflict
from app.events.cards import follow_on_screen
from app.extensions import db
from app.forums.models import Thread
from app.outbox import announce
from app.proposals.facts import ProposalsMerged, ProposalWritten
from app.proposals.models import Proposal


def merge(proposal: Proposal, kept: Proposal) -> None:
    """Let one proposal be read under another. Both are held, and the thread of the first."""
    if proposal.id == kept.id or proposal.event_id != kept.event_id:
        raise Conflict
    for each in (proposal, kept):
        _require_standing(each)
    for each in (proposal, *_within(proposal)):
        each.within_id = kept.id
    proposal.merged_into_id, proposal.merged_at = kept.id, now()
    proposal.thread.closed_at = proposal.thread.closed_at or proposal.merged_at
    _announce(proposal, kept.id)


def take_out(proposal: Proposal, kept: Proposal) -> None:
    """Take a merger back: it stands by itself again, with what had been merged into it before.

    Both are held, and the thread of the first.
    """
    if proposal.within_id != kept.id:
        raise Conflict(_l("This proposal stands by itself already."))
    others, merged_at = _within(kept), proposal.merged_at
    proposal.merged_into_id = proposal.within_id = proposal.merged_at = None
    for each in _led_through(proposal, others):
        each.within_id = proposal.id
    _reopen(proposal.thread, merged_at)
    _announce(proposal, kept.id)


def _reopen(thread: Thread, merged_at: datetime | None) -> None:
    """What the merger has closed is open again; what somebody had closed before stays so."""
    if thread.closed_at and merged_at and thread.closed_at >= merged_at:
        thread.closed_at = None


def _require_standing(proposal: Proposal) -> None:
    if proposal.is_hidden:
        raise Conflict(_l("This proposal is no longer there."))
    if proposal.within_id is not None:
        raise Conflict(_l("Somebody has merged this proposal into another one already."))


def _within(kept: Proposal) -> list[Proposal]:
    rows = select(Proposal).where(Proposal.within_id == kept.id).order_by(Proposal.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def _led_through(proposal: Proposal, others: list[Proposal]) -> list[Proposal]:
    """Those whose way to where they are read leads through this one."""
    found, ids = [], {proposal.id}
    while nearer := [o for o in others if o.merged_into_id in ids and o not in found]:
        found += nearer
        ids |= {each.id for each in nearer}
    return found


def _announce(proposal: Proposal, kept_id: int) -> None:
    db.session.flush()
    event = proposal.aspect.poll.event
    follow_on_screen(event, "proposal", proposal, gone=proposal.within_id is not None)
    announce(ProposalsMerged(event.id, kept_id, proposal.id), event.channel)
    for id in (kept_id, proposal.id):
        announce(ProposalWritten(event.id, id), event.channel)
