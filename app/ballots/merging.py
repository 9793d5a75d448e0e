"""One person who has voted as two: in each round the newer vote counts."""

from collections import defaultdict

from sqlalchemy import delete, select, update

from app.ballots.facts import OwnVoteChanged, VoteCast
from app.ballots.models import Ballot, Vote
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce


def move_votes(guest: Participant, member: Participant) -> None:
    """Let a guest's votes be a member's; of two in one round the older goes."""
    by_round: dict[tuple[int, int], list[Vote]] = defaultdict(list)
    people = Vote.participant_id.in_([guest.id, member.id])
    for vote in db.session.scalars(select(Vote).where(people).order_by(Vote.cast_at, Vote.id)):
        by_round[vote.ballot_id, vote.round].append(vote)
    older = [vote.id for votes in by_round.values() for vote in votes[:-1]]
    for statement in (
        delete(Vote).where(Vote.id.in_(older)),
        update(Vote).where(Vote.participant_id == guest.id).values(participant_id=member.id),
    ):
        db.session.execute(statement.execution_options(synchronize_session="fetch"))
    for ballot_id in sorted({ballot_id for ballot_id, _round in by_round}):
        announce(VoteCast(ballot_id), db.session.get_one(Ballot, ballot_id).event.channel)
    announce(OwnVoteChanged(member.id), member.channel)
