"""Which fact of a proposal or an official answer redraws which part of which page."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.events.facts import CardHidden
from app.events.models import Event, Participant
from app.extensions import db
from app.proposals import queries
from app.proposals.facts import (
    AspectAnswered,
    OwnProposalsChanged,
    ProposalDiscussed,
    ProposalSupported,
    ProposalWritten,
    ReportAnswered,
)
from app.proposals.models import OfficialAnswer
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change, Context


def own_context(person: Participant) -> dict[str, Any]:
    """What one person has proposed, answered and supports."""
    return {
        "own_proposals": [p.id for p in queries.own_proposals(person)],
        "own_answers": [a.id for a in queries.own_answers(person)],
        "supported_proposals": queries.supported_by(person),
    }


def _own(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    people = db.session.scalars(select(Participant).where(Participant.id.in_(ids)))
    return {person.id: own_context(person) for person in people}


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


def _unless_hidden(context: Context, _view: View) -> bool:
    return not context["card"].proposal.is_hidden


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
    shown=_unless_hidden,
)
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
marks = Partial("proposals/_marks.html", "proposal-marks", _own, frozenset({View.PERSON}))


@redraws(ProposalWritten)
def _written(fact: ProposalWritten) -> Iterable[Change]:
    return [
        Redraw(proposal, fact.proposal_id),
        Redraw(talk, fact.proposal_id),
        *_for_moderators(fact.event_id),
    ]


@redraws(ProposalSupported, ProposalDiscussed)
def _counted(fact: ProposalSupported | ProposalDiscussed) -> Iterable[Change]:
    return [Redraw(proposal, fact.proposal_id), *_for_moderators(fact.event_id)]


@redraws(AspectAnswered)
def _aspect_answered(fact: AspectAnswered) -> Iterable[Change]:
    return [Redraw(answers, fact.aspect_id), *_for_moderators(fact.event_id)]


@redraws(ReportAnswered)
def _report_answered(fact: ReportAnswered) -> Iterable[Change]:
    return [Redraw(report_answers, fact.report_id)]


@redraws(CardHidden)
def _hidden(fact: CardHidden) -> Iterable[Change]:
    if fact.kind == "proposal":
        return _written(ProposalWritten(fact.event_id, fact.id))
    if fact.kind == "answer":
        return _answer_hidden(fact)
    return []


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
