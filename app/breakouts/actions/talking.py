"""What others do with a contribution: react, reply, and say it in better words."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from app.breakouts import queries
from app.breakouts.facts import ContributionTalked, OwnContributionsChanged
from app.breakouts.models import (
    CONTRIBUTION,
    Contribution,
    ContributionReaction,
    ContributionThread,
    ContributionVersion,
    Round,
)
from app.database import locked, set_row
from app.errors import Conflict
from app.events.models import Participant
from app.extensions import db
from app.forums.facts import ReadersChanged
from app.forums.models import Post, Thread
from app.outbox import announce
from app.reactions.models import Reaction


def react(contribution: Contribution, person: Participant, kind: Reaction, wanted: bool) -> None:
    """Say this to a contribution with one tap, or take it back. It is held (shared)."""
    if person.wrote(contribution):
        raise Conflict(_l("This is your own contribution."))
    row = ContributionReaction(contribution_id=contribution.id, participant_id=person.id, kind=kind)
    if set_row(row, wanted):
        announce_talk(contribution)
        announce(OwnContributionsChanged(person.id), person.channel)


def begin_talk(contribution: Contribution) -> Thread:
    """The thread of the replies to a contribution, held (shared), and made if there was none.

    The contribution is held.
    """
    thread = queries.thread_of(contribution)
    if thread is None:
        thread = Thread(event_id=contribution.event_id, subject=CONTRIBUTION)
        db.session.add(thread)
        db.session.flush()
        db.session.add(ContributionThread(contribution_id=contribution.id, thread_id=thread.id))
    return locked(Thread, thread.id, shared=True)


def announce_talk(contribution: Contribution) -> None:
    """Tell the room that others say more to it, or less; once the round is over, everybody."""
    room = contribution.room
    everybody = [room.round.event.channel] if room.round.is_over else []
    announce(ContributionTalked(room.id, contribution.id), room.channel, *everybody)


def shut_talk(contribution: Contribution) -> None:
    """Let only those hear on what is replied to it who may still read it."""
    thread = queries.thread_of(contribution)
    if thread is not None:
        announce(ReadersChanged(thread.id), thread.channel)


def shut_talks(round_: Round) -> None:
    """Let only those hear on what is replied in the rooms who may still enter them."""
    for thread in queries.threads_in(room.id for room in round_.rooms):
        announce(ReadersChanged(thread.id), thread.channel)


def has_replies(contribution: Contribution) -> bool:
    """Whether others have replied to it, and not taken that back; nobody does so meanwhile."""
    thread = queries.thread_of(contribution)
    if thread is None:
        return False
    locked(Thread, thread.id)
    replies = (
        select(Post.id)
        .where(Post.thread_id == thread.id, Post.withdrawn_at.is_(None))
        .where(func.coalesce(Post.participant_id, 0) != contribution.participant_id)
    )
    return bool(db.session.scalar(select(replies.exists())))


def keep_wording(contribution: Contribution) -> None:
    """Keep what it says now, before it is said differently."""
    written_at = contribution.edited_at or contribution.created_at
    db.session.add(
        ContributionVersion(
            contribution_id=contribution.id, text=contribution.text, written_at=written_at
        )
    )


def forget_wordings(contribution: Contribution) -> None:
    """What was taken back has never been said."""
    db.session.execute(
        delete(ContributionVersion)
        .where(ContributionVersion.contribution_id == contribution.id)
        .execution_options(synchronize_session=False)
    )


def take_back_reactions(person: Participant) -> None:
    """Let nothing be left of what somebody has tapped."""
    for reaction in queries.own_reactions(person):
        contribution = db.session.get_one(Contribution, reaction.contribution_id)
        db.session.delete(reaction)
        announce_talk(contribution)
