"""What ballots have brought, as sums: whose votes they are is in none of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.ballots.models import Ballot, BallotKind, BallotState, Vote, VoteMark
from app.events import steps
from app.extensions import db

MOST_ON_SCREEN = 12  # options
Numbers = Mapping[int | None, int]  # by value or option


@dataclass(frozen=True)
class Bar:
    """An option or a number, with what it got in one round."""

    id: int
    name: str
    count: int
    share: float  # of the people who voted, or of all dots
    length: float  # of the longest bar in any round, in percent


@dataclass(frozen=True)
class RoundResult:
    """What one round brought."""

    number: int
    votes: int
    mean: float | None  # on a scale
    bars: Sequence[Bar]

    @property
    def dots(self) -> int:
        """All that was counted."""
        return sum(bar.count for bar in self.bars)


@dataclass(frozen=True)
class Tally:
    """What a ballot has brought, round by round."""

    ballot: Ballot
    rounds: Sequence[RoundResult]
    reasons: Sequence[Vote]  # in an order that tells nothing of when they came

    @property
    def latest(self) -> RoundResult:
        """The present round, or the last one."""
        return self.rounds[-1]

    @property
    def votes(self) -> int:
        """How many have voted in it."""
        return self.latest.votes

    @property
    def has_votes(self) -> bool:
        """Whether anybody has voted in any round."""
        return any(each.votes for each in self.rounds)

    @property
    def rows(self) -> list[tuple[Bar, ...]]:
        """Each option or number, with its bar in every round."""
        return list(zip(*(each.bars for each in self.rounds), strict=True))

    @property
    def best_rows(self) -> list[tuple[Bar, ...]]:
        """As many as are read from the back row: if there are more, those with most in the end."""
        if len(self.rows) <= MOST_ON_SCREEN:
            return self.rows
        return sorted(self.rows, key=lambda row: -row[-1].count)[:MOST_ON_SCREEN]


def contexts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These ballots with their sums, as contexts of all that shows them."""
    return {
        tally.ballot.id: {
            "ballot": tally.ballot,
            "tally": tally,
            "kind": steps.kind_of(tally.ballot.item),
        }
        for tally in tallies(Ballot.id.in_(ids))
    }


def shown_in(event_id: int) -> list[Tally]:
    """The ballots of an event whose result everybody may see, in the order of their opening."""
    found = tallies(Ballot.event_id == event_id, Ballot.opened_at.is_not(None))
    return sorted(
        (tally for tally in found if tally.ballot.shows_results and tally.has_votes),
        key=lambda tally: (tally.ballot.opened_at, tally.ballot.id),
    )


def tallies(*conditions: ColumnElement[bool]) -> list[Tally]:
    """The ballots that meet the conditions: as many statements for many as for one."""
    ballots = db.session.scalars(
        select(Ballot)
        .options(selectinload(Ballot.options), joinedload(Ballot.event), joinedload(Ballot.item))
        .where(*conditions)
    ).all()
    ids = [ballot.id for ballot in ballots]
    values, marks, reasons = _values(ids), _marks(ids), _reasons(ids)
    return [_tally(b, values[b.id], marks[b.id], reasons[b.id]) for b in ballots]


def _values(ids: Sequence[int]) -> dict[int, dict[int, dict[int | None, int]]]:
    """How many votes each value got, by ballot and round; without a scale, how many there are."""
    rows = db.session.execute(
        select(Vote.ballot_id, Vote.round, Vote.value, func.count())
        .where(Vote.ballot_id.in_(ids))
        .group_by(Vote.ballot_id, Vote.round, Vote.value)
    )
    return _nested(rows)


def _marks(ids: Sequence[int]) -> dict[int, dict[int, dict[int | None, int]]]:
    """How many dots each option got, by ballot and round."""
    rows = db.session.execute(
        select(Vote.ballot_id, Vote.round, VoteMark.option_id, func.sum(VoteMark.dots))
        .join(VoteMark, VoteMark.vote_id == Vote.id)
        .where(Vote.ballot_id.in_(ids))
        .group_by(Vote.ballot_id, Vote.round, VoteMark.option_id)
    )
    return _nested(rows)


def _nested(rows: Any) -> dict[int, dict[int, dict[int | None, int]]]:
    found: dict[int, dict[int, dict[int | None, int]]] = defaultdict(lambda: defaultdict(dict))
    for ballot_id, round_, key, count in rows:
        found[ballot_id][round_][key] = int(count)
    return found


def _reasons(ids: Sequence[int]) -> dict[int, list[Vote]]:
    """The reasons of closed ballots, by their words: neither when they came nor whose they are."""
    rows = db.session.scalars(
        select(Vote)
        .join(Ballot, Ballot.id == Vote.ballot_id)
        .where(Vote.ballot_id.in_(ids), Vote.reason != "", Ballot.state == BallotState.CLOSED)
    )
    found: dict[int, list[Vote]] = defaultdict(list)
    for vote in sorted(rows, key=lambda vote: (vote.reason.casefold(), vote.key)):
        found[vote.ballot_id].append(vote)
    return found


def _tally(
    ballot: Ballot,
    values: Mapping[int, Numbers],
    marks: Mapping[int, Numbers],
    reasons: Sequence[Vote],
) -> Tally:
    rounds = range(1, ballot.round + 1)
    votes = {n: sum(values.get(n, {}).values()) for n in rounds}
    counted = values if ballot.has_scale else marks
    counts = {n: _counts(ballot, counted.get(n, {})) for n in rounds}
    wholes = {n: _whole(ballot, votes[n], counts[n]) for n in rounds}
    shares = [count / wholes[n] for n in rounds for count in counts[n].values()]
    longest = max(shares, default=0) or 1
    return Tally(
        ballot,
        [
            RoundResult(
                n,
                votes[n],
                _mean(counts[n], votes[n]) if ballot.has_scale else None,
                _bars(ballot, counts[n], wholes[n], longest),
            )
            for n in rounds
        ],
        reasons,
    )


def _counts(ballot: Ballot, counted: Numbers) -> dict[int, int]:
    ids = ballot.values if ballot.has_scale else [option.id for option in ballot.options]
    return {id: counted.get(id, 0) for id in ids}


def _whole(ballot: Ballot, votes: int, counts: Mapping[int, int]) -> int:
    """What the shares are shares of: dots are spread, options are chosen by people."""
    whole = sum(counts.values()) if ballot.kind == BallotKind.DOTS else votes
    return whole or 1


def _mean(counts: Mapping[int, int], votes: int) -> float | None:
    return sum(value * count for value, count in counts.items()) / votes if votes else None


def _bars(ballot: Ballot, counts: Mapping[int, int], whole: int, longest: float) -> list[Bar]:
    names = {option.id: option.text for option in ballot.options}
    return [
        Bar(id, names.get(id, str(id)), count, count / whole, 100 * count / whole / longest)
        for id, count in counts.items()
    ]
