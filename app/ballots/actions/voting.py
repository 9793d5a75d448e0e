"""Voting, changing one's vote, and taking it away with oneself."""

from sqlalchemy import delete, insert, select, update

from app.ballots.facts import OwnVoteChanged, VoteCast
from app.ballots.models import Ballot, Vote, VoteMark
from app.ballots.papers import Paper, fitting
from app.database import dialect_insert, locked, now
from app.errors import Conflict
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce


def cast_vote(ballot: Ballot, person: Participant, paper: Paper, round_: int | None = None) -> None:
    """Vote, or vote differently; the ballot is held (shared).

    A page that still shows an earlier round is told so, instead of answering the present one.
    """
    ballot.require_open()
    if round_ not in (None, ballot.round):
        raise Conflict
    fit = fitting(ballot, paper)
    vote_id = _put(ballot, person, fit)
    db.session.execute(delete(VoteMark).where(VoteMark.vote_id == vote_id))
    marks = [{"vote_id": vote_id, "option_id": id, "dots": n} for id, n in fit.dots.items()]
    if marks:
        db.session.execute(insert(VoteMark), marks)
    announce(VoteCast(ballot.id), ballot.event.channel)
    announce(OwnVoteChanged(person.id), person.channel)


def _put(ballot: Ballot, person: Participant, paper: Paper) -> int:
    """The one vote of this person in this round; two devices take turns at its row.

    Where there is none, and none came, the key was another one's: it is drawn anew.
    """
    mine = {"ballot_id": ballot.id, "round": ballot.round, "participant_id": person.id}
    said = {"value": paper.value, "reason": paper.reason, "cast_at": now()}
    vote = dialect_insert(Vote).values(**mine, **said).on_conflict_do_nothing()
    change = update(Vote).filter_by(**mine).values(said)
    while True:
        for put in (vote, change):
            vote_id = db.session.scalar(put.returning(Vote.id))
            if vote_id is not None:
                return vote_id


def remove_votes(person: Participant) -> None:
    """Where it can still be changed, the vote goes; where it was counted, the person goes from it.

    What they wrote goes everywhere.
    """
    ids = select(Vote.ballot_id).where(Vote.participant_id == person.id).distinct()
    for ballot_id in sorted(db.session.scalars(ids)):
        _remove(locked(Ballot, ballot_id, shared=True), person)


def _remove(ballot: Ballot, person: Participant) -> None:
    theirs = (Vote.ballot_id == ballot.id, Vote.participant_id == person.id)
    for vote in db.session.scalars(select(Vote).where(*theirs)):
        if ballot.is_open and vote.round == ballot.round:
            db.session.delete(vote)
        else:
            vote.participant_id, vote.reason = None, ""
    db.session.flush()
    announce(VoteCast(ballot.id), ballot.event.channel)
