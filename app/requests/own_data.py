"""One account's official answers and reports: to take along; they stay when the account goes."""

from typing import Any

from sqlalchemy import delete, select, update

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.extensions import db
from app.requests.models import ForumReport, Reporter, RequestAnswer


def _export(account: Account) -> dict[str, Any]:
    answers = db.session.scalars(
        select(RequestAnswer)
        .where(RequestAnswer.account_id == account.id, RequestAnswer.withdrawn_at.is_(None))
        .order_by(RequestAnswer.id)
    )
    reports = db.session.scalars(
        select(ForumReport).where(ForumReport.changed_by_id == account.id).order_by(ForumReport.id)
    )
    return {
        "official_answers": [
            {"text": each.text, "created_at": each.created_at.isoformat()} for each in answers
        ],
        "forum_reports": [
            {
                "forum": each.forum.title,
                "discussed": each.discussed,
                "request": each.request,
                "ideas": each.ideas,
                "changed_at": each.changed_at.isoformat(),
            }
            for each in reports
        ],
    }


def _delete(account: Account, keep_words: bool) -> None:  # noqa: ARG001
    """What a centre has answered, and a forum handed in, is theirs: only the name goes."""
    for statement in (
        update(RequestAnswer).where(RequestAnswer.account_id == account.id).values(account_id=None),
        update(ForumReport)
        .where(ForumReport.changed_by_id == account.id)
        .values(changed_by_id=None),
        delete(Reporter).where(Reporter.account_id == account.id),
    ):
        db.session.execute(statement.execution_options(synchronize_session=False))


part = OwnPart("requests", _export, _delete)
