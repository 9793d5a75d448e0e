"""The account at the end: everything that was acknowledged is there, and nothing is there twice."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import func, select

from app.extensions import db
from app.livepolls.models import Concern, ConcernSupport
from app.questions.models import Question
from tests.factories import look_again
from tests.faults.crowd import Crowd, Submission

TABLES = {"concern": Concern, "question": Question}


def settle(crowd: Crowd) -> None:
    """Compare what the crowd was told with what the database holds."""
    look_again()
    assert crowd.acknowledged, "nobody got anything through"
    unheard = [submission for submission in crowd.sent if submission.acknowledged_at is None]
    assert not unheard, f"never acknowledged: {unheard[:5]}, {len(unheard)} in all"
    for kind in TABLES:
        _texts_are_there_once(kind, [s for s in crowd.sent if s.kind == kind])
    _supports_are_there([s for s in crowd.sent if s.kind == "support"])


def _texts_are_there_once(kind: str, sent: list[Submission]) -> None:
    table = TABLES[kind]
    people = {submission.person for submission in sent}
    rows = db.session.execute(
        select(table.id, table.participant_id, table.text).where(table.participant_id.in_(people))
    ).all()
    kept = Counter((row.participant_id, row.text) for row in rows)
    doubled = [what for what, times in kept.items() if times > 1]
    assert not doubled, f"{kind} there twice: {doubled[:5]}"
    ids = {row.id: (row.participant_id, row.text) for row in rows}
    for submission in sent:
        assert submission.body is not None
        words = (submission.person, submission.body["text"])
        assert ids.get(submission.id) == words, f"lost: {submission}"
    assert len(ids) == len(sent), f"{len(ids)} of {kind}, but {len(sent)} were sent"


def _supports_are_there(sent: list[Submission]) -> None:
    said = {(submission.id, submission.person) for submission in sent}
    people = {submission.person for submission in sent}
    rows = db.session.execute(
        select(ConcernSupport.concern_id, ConcernSupport.participant_id).where(
            ConcernSupport.participant_id.in_(people)
        )
    )
    assert {(row.concern_id, row.participant_id) for row in rows} == said


def are_there(sent: Sequence[Submission]) -> None:
    """What was acknowledged before a copy was made is in the copy."""
    for kind, table in TABLES.items():
        ids = {submission.id for submission in sent if submission.kind == kind}
        assert ids <= set(db.session.scalars(select(table.id))), f"{kind} lost"


def voices(poll_id: int) -> dict[int, int]:
    """What every page should show: the concerns of a poll, and how many say *me too*."""
    look_again()
    counted = (
        select(Concern.id, func.count(ConcernSupport.participant_id))
        .outerjoin(ConcernSupport, ConcernSupport.concern_id == Concern.id)
        .where(Concern.poll_id == poll_id, Concern.withdrawn_at.is_(None))
        .where(Concern.hidden_at.is_(None))
        .group_by(Concern.id)
    )
    return {concern: count for concern, count in db.session.execute(counted)}
