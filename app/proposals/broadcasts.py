"""Which fact of a proposal or an official answer redraws which part of which page."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app.events import remote
from app.events.facts import CardHidden
from app.events.marks import marks
from app.events.models import Event, Participant
from app.extensions import db
from app.proposals import queries
from app.proposals.facts import (
    AspectAnswered,
    OwnProposalsChanged,
    ProposalDiscussed,
    ProposalFlagged,
    ProposalReacted,
    ProposalsMerged,
    ProposalSupported,
    ProposalWritten,
    ReportAnswered,
)
from app.proposals.models import OfficialAnswer, Proposal
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change, Context


def _each(name: str, read: Callable[[int], Any]) -> Any:
    """A loader of what an event has once; a message is about one event, so ids are one."""

    def load(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        return {id: {name: read(id), "event": db.session.get_one(Event, id)} for id in ids}

    return load


def _answers(read: Callable[[Sequence[int]], dict[int, queries.Answers]]) -> Any:
    def load(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        found = read(ids).items()
        return {id: {"answers": answers} for id, answers in found}

    return load


def _standing(context: Context, _view: View) -> bool:
    """What was merged into another one is drawn with that."""
    shown = context["card"].proposal
    return not shown.is_hidden and shown.within_id is None


def _open(context: Context, _view: View) -> bool | None:
    """Of what is hidden, the hall hears nothing."""
    return None if context["card"].proposal.is_hidden else True


def _only_gone(context: Context, _view: View) -> bool | None:
    """A discussion is never drawn with its proposal, but it goes with it."""
    return False if context["card"].proposal.is_hidden else None


HALL = frozenset({View.HALL})
COCKPIT = frozenset({View.COCKPIT})
SCREEN = frozenset({View.SCREEN})

proposal = Partial(
    "proposals/_proposal.html",
    "proposal-{id}",
    queries.cards_by_id,
    HALL,
    into="proposals-{aspect_id}",
    first=True,
    shown=_standing,
)
page = Partial("proposals/_page.html", "proposal-page-{id}", queries.pages_by_id, HALL, shown=_open)
talk = Partial("forums/_thread.html", "talk-{id}", queries.cards_by_id, HALL, shown=_only_gone)
answers = Partial(
    "proposals/_answers.html", "answers-{id}", _answers(queries.answers_by_aspect), HALL
)
report_answers = Partial(
    "proposals/_answers.html", "report-answers-{id}", _answers(queries.answers_by_report), HALL
)
overview = Partial(
    "proposals/_overview.html", "proposals-overview", _each("overview", queries.overview), COCKPIT
)
numbers = Partial(
    "proposals/_numbers.html", "proposals-numbers", _each("tallies", queries.tallies), SCREEN
)


@redraws(ProposalWritten)
def _written(fact: ProposalWritten) -> Iterable[Change]:
    return [
        Redraw(proposal, fact.proposal_id),
        Redraw(talk, fact.proposal_id),
        remote.changed("proposal", fact.proposal_id),
        *_for_moderators(fact.event_id),
    ]


@redraws(ProposalSupported, ProposalDiscussed)
def _counted(fact: ProposalSupported | ProposalDiscussed) -> Iterable[Change]:
    return [Redraw(proposal, fact.proposal_id), *_for_moderators(fact.event_id)]


@redraws(ProposalReacted)
def _reacted(fact: ProposalReacted) -> Iterable[Change]:
    return [Redraw(proposal, fact.proposal_id)]


@redraws(ProposalsMerged)
def _merged(fact: ProposalsMerged) -> Iterable[Change]:
    """Its page says so, and what it is to people is to be seen elsewhere now.

    So it is with all that had been merged into it before.
    """
    moved = [fact.proposal_id, *queries.read_under(fact.kept_id, fact.proposal_id)]
    people = queries.people_behind(moved)
    return [
        *(Redraw(page, id) for id in moved),
        *(Redraw(marks, id, to=Participant.channel_of(id)) for id in people),
        *_for_moderators(fact.event_id),
    ]


@redraws(ProposalFlagged)
def _flagged(fact: ProposalFlagged) -> Iterable[Change]:
    return [Redraw(overview, fact.event_id)]


@redraws(AspectAnswered)
def _aspect_answered(fact: AspectAnswered) -> Iterable[Change]:
    told = remote.changed("answer", fact.answer_id)
    return [Redraw(answers, fact.aspect_id), told, *_for_moderators(fact.event_id)]


@redraws(ReportAnswered)
def _report_answered(fact: ReportAnswered) -> Iterable[Change]:
    return [Redraw(report_answers, fact.report_id), remote.changed("answer", fact.answer_id)]


@redraws(CardHidden)
def _hidden(fact: CardHidden) -> Iterable[Change]:
    if fact.kind == "proposal":
        return _proposal_hidden(fact)
    if fact.kind == "answer":
        return _answer_hidden(fact)
    return []


def _proposal_hidden(fact: CardHidden) -> Iterable[Change]:
    """With what was merged into another one, that reads differently too, and the other way."""
    kept_id = db.session.get_one(Proposal, fact.id).standing_id
    return [
        *_written(ProposalWritten(fact.event_id, fact.id)),
        *_written(ProposalWritten(fact.event_id, kept_id)),
        *(Redraw(page, id) for id in queries.read_under(fact.id)),
    ]


def _answer_hidden(fact: CardHidden) -> Iterable[Change]:
    answer = db.session.get_one(OfficialAnswer, fact.id)
    if answer.aspect_id is not None:
        return _aspect_answered(AspectAnswered(fact.event_id, answer.aspect_id, answer.id))
    return [Redraw(report_answers, answer.report_id)]


@redraws(OwnProposalsChanged)
def _own_changed(fact: OwnProposalsChanged) -> Iterable[Change]:
    return [Redraw(marks, fact.participant_id)]


def _for_moderators(event_id: int) -> list[Change]:
    return [Redraw(overview, event_id), Redraw(numbers, event_id)]
