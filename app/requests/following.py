"""What rooms of events ask, and what is answered there, as it comes to the list."""

from sqlalchemy import select

from app.breakouts.facts import ReportWritten
from app.breakouts.models import Report
from app.commitments import Commitment, State
from app.events.facts import CardHidden
from app.extensions import db
from app.outbox import follows
from app.proposals.facts import ReportAnswered, ReportCommitted
from app.proposals.models import OfficialAnswer
from app.requests import actions, queries
from app.requests.models import Request


@follows(ReportWritten)
def _written(fact: ReportWritten) -> None:
    report = db.session.scalar(select(Report).where(Report.room_id == fact.room_id))
    if report is not None:
        known = queries.request_of_report(report.id)
        actions.ask(known or Request(report_id=report.id, report=report), report.request)


@follows(ReportAnswered)
def _answered(fact: ReportAnswered) -> None:
    """What becomes of a hidden answer changes nothing: it has not counted since it was hidden."""
    if db.session.get_one(OfficialAnswer, fact.answer_id).hidden_at is None:
        _reckon(fact.report_id)


@follows(ReportCommitted)
def _committed(fact: ReportCommitted) -> None:
    """What is answered in the event says where the request stands."""
    request = queries.request_of_report(fact.report_id)
    if request is not None:
        actions.commit(request, Commitment(State(fact.state), fact.why))


@follows(CardHidden)
def _hidden(fact: CardHidden) -> None:
    answer = db.session.get(OfficialAnswer, fact.id) if fact.kind == "answer" else None
    if answer is not None and answer.report_id is not None:
        _reckon(answer.report_id)


def _reckon(report_id: int) -> None:
    request = queries.request_of_report(report_id)
    if request is not None:
        actions.reckon(request)
