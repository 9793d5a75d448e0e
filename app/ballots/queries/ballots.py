"""Reads of ballots themselves."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.ballots.models import Ballot, BallotOption, BallotState, Vote
from app.events.models import AgendaItem
from app.extensions import db


def ballot_of(item: AgendaItem) -> Ballot | None:
    """The ballot of an agenda item."""
    return db.session.scalar(select(Ballot).where(Ballot.item_id == item.id))


def vote_by_key(event_id: int, key: int) -> Vote | None:
    """The vote that pages of this event call so."""
    here = Vote.ballot_id.in_(select(Ballot.id).where(Ballot.event_id == event_id))
    return db.session.scalar(select(Vote).where(here, Vote.key == key))


def options_of(proposal_id: int) -> Sequence[BallotOption]:
    """The options that stand for a proposal, in whatever ballots."""
    return db.session.scalars(
        select(BallotOption)
        .where(BallotOption.proposal_id == proposal_id)
        .options(joinedload(BallotOption.ballot).joinedload(Ballot.event))
        .order_by(BallotOption.id)
    ).all()


def due_ballots(moment: Any) -> Select[int]:
    """The ballots whose countdown has come to its end."""
    return select(Ballot.id).where(Ballot.state == BallotState.OPEN, Ballot.closes_at <= moment)


def has_votes(ballot: Ballot) -> bool:
    """Whether anybody has voted, in any round."""
    return (
        db.session.scalar(select(Vote.id).where(Vote.ballot_id == ballot.id).limit(1)) is not None
    )
