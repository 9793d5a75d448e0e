"""What people have voted themselves, each to be shown to them alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from app.ballots.models import Ballot, BallotKind, BallotOption, Vote, VoteMark
from app.events.models import Event, Participant
from app.extensions import db


@dataclass(frozen=True)
class OwnVote:
    """What somebody has voted in a round."""

    ballot: Ballot
    vote: Vote
    picks: list[tuple[BallotOption, int]]

    @property
    def dots(self) -> dict[int, int]:
        """The dots by option."""
        return {option.id: dots for option, dots in self.picks}

    @property
    def fields(self) -> dict[str, str]:
        """The same as fields of the form: for its scripts, which fill it in on every device."""
        marks = {f"option-{id}": str(dots) for id, dots in self.dots.items()}
        value = {} if self.vote.value is None else {"value": str(self.vote.value)}
        return {**marks, **value, "reason": self.vote.reason}


def own_votes(*conditions: ColumnElement[bool]) -> list[OwnVote]:
    """The votes that meet the conditions, oldest first: one statement."""
    rows = db.session.execute(
        select(Vote, Ballot, BallotOption, VoteMark.dots)
        .join(Ballot, Ballot.id == Vote.ballot_id)
        .outerjoin(VoteMark, VoteMark.vote_id == Vote.id)
        .outerjoin(BallotOption, BallotOption.id == VoteMark.option_id)
        .where(*conditions)
        .order_by(Vote.id, BallotOption.position, BallotOption.id)
    )
    found: dict[int, OwnVote] = {}
    for vote, ballot, option, dots in rows:
        own = found.setdefault(vote.id, OwnVote(ballot, vote, []))
        if option is not None:
            own.picks.append((option, dots))
    return list(found.values())


def own_vote(ballot: Ballot, person: Participant | None) -> OwnVote | None:
    """What this person has voted in the present round."""
    if person is None:
        return None
    mine = (Vote.ballot_id == ballot.id, Vote.participant_id == person.id)
    return next(iter(own_votes(*mine, Vote.round == ballot.round)), None)


def own_votes_by_person(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What these people have voted in what is on now, as contexts of what each sees of it.

    Hardly a page is one of a ballot: whoever opens another is spared the question.
    """
    found: dict[int, dict[str, Any]] = {id: {"own": None} for id in ids}
    if len(ids) == 1 and not _is_voting(ids[0]):
        return found
    is_now = Ballot.item_id == select(Event.current_item_id).where(
        Event.id == Ballot.event_id
    ).scalar_subquery().correlate(Ballot)
    for own in own_votes(Vote.participant_id.in_(ids), Vote.round == Ballot.round, is_now):
        found[own.vote.participant_id or 0] = {"own": own}
    return found


def _is_voting(participant_id: int) -> bool:
    person = db.session.get(Participant, participant_id)
    item = person.event.current_item if person else None
    return item is not None and item.kind in set(BallotKind)


def voters_in(item_id: int) -> Sequence[int]:
    """Who has voted in the present round of an agenda item, if that is a ballot."""
    voters = db.session.scalars(
        select(Vote.participant_id)
        .join(Ballot, Ballot.id == Vote.ballot_id)
        .where(Ballot.item_id == item_id, Vote.round == Ballot.round)
    )
    return [voter for voter in voters if voter is not None]
