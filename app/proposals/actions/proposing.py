"""Writing proposals, saying them differently, and taking them back."""

from collections.abc import Collection

from sqlalchemy import delete, func, or_, select

from app.errors import Conflict
from app.events.cards import follow_on_screen
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Post, Thread
from app.livepolls.models import Aspect
from app.outbox import announce
from app.proposals.facts import OwnProposalsChanged, ProposalSupported, ProposalWritten
from app.proposals.models import STEP, Proposal, ProposalSupport, require_taking
from app.proposals.versions import forget_wordings, keep_proposal
from app.reactions.models import ProposalReaction
from app.richtext import RichText
from app.submissions import submit_once


def write_proposal(
    aspect: Aspect, author: Participant, words: RichText, key: str
) -> tuple[Proposal, bool]:
    """Propose a solution; returns it, and whether it is new. The aspect's poll is held (shared)."""

    def make(sure_key: str) -> Proposal:
        require_taking(aspect)
        thread = Thread(event_id=aspect.event_id, subject=STEP)
        return Proposal(
            aspect_id=aspect.id,
            thread=thread,
            participant_id=author.id,
            key=sure_key,
            **words.columns,
        )

    proposal, is_new = submit_once(Proposal, author, key, words.text, make)
    if proposal.aspect_id != aspect.id:
        raise Conflict
    if is_new:
        announce_proposal(proposal)
        announce(OwnProposalsChanged(author.id), author.channel)
    return proposal, is_new


def edit_proposal(proposal: Proposal, words: RichText) -> None:
    """Say it differently; who may read it can see what was said before."""
    if words.text != proposal.text:
        keep_proposal(proposal)
    proposal.edit(words)
    announce_proposal(proposal)


def withdraw_proposal(proposal: Proposal, author: Participant) -> None:
    """Take a proposal back; where others build on it, it stays theirs, without the author."""
    remove_author(proposal)
    announce_proposal(proposal)
    announce(OwnProposalsChanged(author.id), author.channel)


def remove_author(proposal: Proposal) -> None:
    """Take the author away, and the proposal with them unless others support or discuss it."""
    if _is_built_on(proposal):
        proposal.participant_id = None
    else:
        proposal.withdraw()
        forget_wordings(proposal)


def remove_all(author: Participant) -> None:
    """Take back all that somebody proposed and supports, and their name from the rest."""
    for table in (ProposalSupport, ProposalReaction):
        touched = db.session.scalars(
            delete(table)
            .where(table.participant_id == author.id)
            .returning(table.proposal_id)
            .execution_options(synchronize_session=False)
        ).all()
        for id in _standing_ids(touched):
            announce(ProposalSupported(author.event_id, id), author.event.channel)
    own = select(Proposal).where(
        Proposal.participant_id == author.id, Proposal.withdrawn_at.is_(None)
    )
    for proposal in db.session.scalars(own):
        remove_author(proposal)
        announce_proposal(proposal)


def _standing_ids(ids: Collection[int]) -> list[int]:
    """Where these proposals are read, and counted, now."""
    standing = func.coalesce(Proposal.within_id, Proposal.id)
    rows = db.session.scalars(select(standing).where(Proposal.id.in_(ids)).distinct())
    return sorted(rows)


def _is_built_on(proposal: Proposal) -> bool:
    support = select(ProposalSupport.participant_id).where(
        ProposalSupport.proposal_id == proposal.id
    )
    comment = select(Post.id).where(
        Post.thread_id == proposal.thread_id,
        Post.withdrawn_at.is_(None),
        func.coalesce(Post.participant_id, 0) != proposal.participant_id,
    )
    merged = select(Proposal.id).where(
        or_(Proposal.merged_into_id == proposal.id, Proposal.within_id == proposal.id),
        Proposal.withdrawn_at.is_(None),
    )
    return bool(db.session.scalar(select(support.exists() | comment.exists() | merged.exists())))


def announce_proposal(proposal: Proposal) -> None:
    """A proposal reads differently, and with it the one that it was merged into."""
    db.session.flush()
    event = proposal.aspect.poll.event
    follow_on_screen(event, "proposal", proposal)
    announce(ProposalWritten(event.id, proposal.id), event.channel)
    if proposal.within_id is not None:
        announce(ProposalWritten(event.id, proposal.within_id), event.channel)
