"""Which fact of a ballot redraws which part of which page; whose vote it was is in none."""

from collections.abc import Iterable

from app.ballots import queries
from app.ballots.facts import BallotTimed, OwnVoteChanged, VoteCast
from app.events.facts import CardHidden, StepStarted
from app.events.models import Participant
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change, Context

EVERYWHERE = frozenset({View.HALL, View.COCKPIT, View.SCREEN})
COCKPIT = frozenset({View.COCKPIT})
PERSON = frozenset({View.PERSON})


def _unless_secret(context: Context, view: View) -> bool | None:
    """While the result is hidden, only the cockpit hears of it."""
    return True if view is View.COCKPIT or context["ballot"].shows_results else None


counts = Partial("ballots/_counts.html", "ballot-counts-{id}", queries.contexts, EVERYWHERE)
clock = Partial(
    "ballots/_clock.html", "ballot-clock-{id}", queries.contexts, EVERYWHERE | {View.REMOTE}
)
results = Partial(
    "ballots/_results.html",
    "ballot-results-{id}",
    queries.contexts,
    EVERYWHERE,
    shown=_unless_secret,
)
wording = Partial("ballots/_wording.html", "ballot-wording-{id}", queries.contexts, COCKPIT)
mine = Partial("ballots/_mine.html", "my-vote", queries.own_votes_by_person, PERSON)


@redraws(VoteCast)
def _cast(fact: VoteCast) -> Iterable[Change]:
    return [Redraw(partial, fact.ballot_id) for partial in (counts, results, wording)]


@redraws(BallotTimed)
def _timed(fact: BallotTimed) -> Iterable[Change]:
    return [Redraw(clock, fact.ballot_id)]


@redraws(OwnVoteChanged)
def _own_changed(fact: OwnVoteChanged) -> Iterable[Change]:
    return [Redraw(mine, fact.participant_id)]


@redraws(StepStarted)
def _started(fact: StepStarted) -> Iterable[Change]:
    """Coming back to a ballot, everybody sees again what they have said in it."""
    voters = queries.voters_in(fact.item_id)
    return [Redraw(mine, id, to=Participant.channel_of(id)) for id in voters]


@redraws(CardHidden)
def _reason_hidden(fact: CardHidden) -> Iterable[Change]:
    vote = queries.vote_by_key(fact.event_id, fact.id) if fact.kind == "reason" else None
    return [Redraw(results, vote.ballot_id)] if vote else []
