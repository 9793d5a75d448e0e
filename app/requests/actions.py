"""Writing a forum's report, answering requests, and saying where they stand."""

from collections.abc import Collection, Mapping

from sqlalchemy import delete, select

from app.commitments import NOTHING, Commitment, State
from app.database import now, set_row
from app.errors import Conflict
from app.extensions import db
from app.forums.models import Forum
from app.outbox import announce
from app.requests import queries
from app.requests.facts import ForumReportWritten, RequestAnswered, RequestAsked, RequestMoved
from app.requests.models import (
    PARTS,
    ForumReport,
    Reporter,
    Request,
    RequestAnswer,
)
from app.richtext import RichText
from app.spaces.models import Member, Membership, Space
from app.submissions import submit_once


def write_report(
    forum: Forum, author: Member, parts: Mapping[str, str], version: int
) -> ForumReport:
    """Hand in, or revise; the forum's row is held. Raises `Conflict` if it was older."""
    report = queries.report_of(forum) or ForumReport(forum_id=forum.id, forum=forum, version=0)
    report.require_version(version)
    for name in PARTS:
        setattr(report, name, parts.get(name, ""))
    report.version, report.changed_at = version + 1, now()
    report.changed_by_id = author.account_id
    db.session.add(report)
    db.session.flush()
    announce(ForumReportWritten(forum.id), forum.channel)
    ask(queries.request_of_forum(forum.id) or Request(forum_id=forum.id), report.request)
    return report


def ask(request: Request, text: str) -> None:
    """Ask the centre, or ask differently; a request that is emptied is in no list any more."""
    is_new = request.id is None
    if is_new and not text:
        return
    before = request.text
    request.ask(text)
    db.session.add(request)
    db.session.flush()
    if before != text:
        _announce(request, RequestAsked(request.id))


def name_reporters(forum: Forum, account_ids: Collection[int]) -> None:
    """Name the members who may write the report."""
    members = select(Membership.account_id).where(
        Membership.space_id == forum.space_id, Membership.account_id.in_(account_ids)
    )
    named = set(db.session.scalars(members))
    db.session.execute(delete(Reporter).where(Reporter.forum_id == forum.id))
    for account_id in named:
        set_row(Reporter(forum_id=forum.id, account_id=account_id), True)


def answer(
    request: Request,
    author: Member,
    words: RichText,
    key: str,
    commitment: Commitment = NOTHING,
) -> tuple[RequestAnswer, bool]:
    """Answer officially; returns the answer, and whether it is new. The request is held."""

    def make(sure_key: str) -> RequestAnswer:
        if not request.text:
            raise Conflict
        return RequestAnswer(
            request_id=request.id,
            account_id=author.account_id,
            key=sure_key,
            **words.columns,
        )

    made, is_new = submit_once(RequestAnswer, author, key, words.text, make)
    if made.request_id != request.id:
        raise Conflict
    if is_new:
        _answered(request, made)
        commit(request, commitment)
    return made, is_new


def edit_answer(made: RequestAnswer, words: RichText) -> None:
    """Answer differently."""
    made.edit(words)
    _answered(made.request, made)


def withdraw_answer(made: RequestAnswer) -> None:
    """Take an answer back."""
    made.withdraw()
    _answered(made.request, made)


def _answered(request: Request, made: RequestAnswer) -> None:
    db.session.flush()
    request.reckon(queries.is_answered(request))
    _announce(request, RequestAnswered(request.id, made.id))


def commit(request: Request, commitment: Commitment) -> None:
    """An answer says where it stands, if it says anything about that."""
    if commitment.state is not None:
        set_state(request, commitment.state, commitment.why)


def set_state(request: Request, state: State, why: str = "") -> None:
    """Say where it stands, and why."""
    if (state, why) != (request.state, request.why):
        request.set_state(state, why)
        _announce(request, RequestMoved(request.id))


def reckon(request: Request) -> None:
    """Follow what was answered in the event."""
    before = request.state
    request.reckon(queries.is_answered(request))
    if request.state != before:
        _announce(request, RequestMoved(request.id))


def _announce(request: Request, fact: RequestAsked | RequestAnswered | RequestMoved) -> None:
    """Tell the space that asks, and the programme that is asked."""
    db.session.flush()
    space = db.session.get(Space, request.space_id) if request.space_id else None
    if space is not None:
        announce(fact, *{space.channel, f"space:{space.root_id}"})
