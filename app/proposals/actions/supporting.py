"""Supporting proposals, and reacting to them with a word."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, delete

from app.database import set_row
from app.errors import Conflict
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce
from app.proposals.facts import OwnProposalsChanged, ProposalReacted, ProposalSupported
from app.proposals.models import Proposal, ProposalSupport
from app.proposals.queries import family_of
from app.reactions.models import ProposalReaction, Reaction


def support(proposal: Proposal, person: Participant, wanted: bool) -> None:
    """Support a proposal, or no longer; saying it twice is saying it once. It is held (shared)."""
    _require_others(proposal, person)
    if wanted:
        row = ProposalSupport(proposal_id=proposal.id, participant_id=person.id)
        changed = set_row(row, True)
    else:
        changed = _drop(ProposalSupport, proposal, person)
    if changed:
        fact = ProposalSupported(proposal.event_id, proposal.standing_id)
        announce(fact, proposal.thread.event.channel)
        announce(OwnProposalsChanged(person.id), person.channel)


def react(proposal: Proposal, person: Participant, kind: Reaction, wanted: bool) -> None:
    """Say this to a proposal with one tap, or take it back. It is held (shared)."""
    _require_others(proposal, person)
    if wanted:
        row = ProposalReaction(proposal_id=proposal.id, participant_id=person.id, kind=kind)
        changed = set_row(row, True)
    else:
        changed = _drop(ProposalReaction, proposal, person, ProposalReaction.kind == kind)
    if changed:
        fact = ProposalReacted(proposal.event_id, proposal.standing_id)
        announce(fact, proposal.thread.event.channel)
        announce(OwnProposalsChanged(person.id), person.channel)


def _require_others(proposal: Proposal, person: Participant) -> None:
    if proposal.participant_id == person.id:
        raise Conflict(_l("This is your own proposal."))


def _drop(
    table: type[ProposalSupport] | type[ProposalReaction],
    proposal: Proposal,
    person: Participant,
    *more: ColumnElement[bool],
) -> bool:
    """Take back what was said to it and to what was merged into it."""
    gone = db.session.execute(
        delete(table)
        .where(table.participant_id == person.id, table.proposal_id.in_(family_of(proposal)), *more)
        .returning(table.proposal_id)
        .execution_options(synchronize_session=False)
    )
    return bool(gone.all())
