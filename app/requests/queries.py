"""Reads of reports and requests."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.breakouts.models import Report, Room, Round
from app.commitments import State
from app.events.models import Event
from app.extensions import db
from app.forums.models import Forum
from app.permissions import MEMBERS, SpaceRole
from app.proposals.models import OfficialAnswer
from app.proposals.queries import AnswerCard, answers_by_report
from app.requests.models import (
    ForumReport,
    Reporter,
    Request,
    RequestAnswer,
)
from app.spaces.models import Member, Membership, Space
from app.spaces.permissions import readable_ids

SHOWN = 50  # on one page of the list


@dataclass(frozen=True)
class RequestCard:
    """A request as it is shown: where it comes from, and what was answered."""

    request: Request
    space: Space
    event: Event | None
    answers: Sequence[RequestAnswer]
    said_in_event: Sequence[AnswerCard]

    @property
    def place(self) -> str:
        """The room or the forum that asks."""
        if self.request.forum is not None:
            return self.request.forum.title
        assert self.request.report is not None
        room = self.request.report.room
        return f"{room.round.item.title}: {room.name}"

    @property
    def latest(self) -> RequestAnswer | AnswerCard | None:
        """The last answer, here or in the event."""
        said: list[RequestAnswer | AnswerCard] = [*self.answers, *self.said_in_event]
        return max(said, key=lambda each: each.created_at, default=None)

    @property
    def answered_at(self) -> datetime | None:
        """When it was last answered."""
        return self.latest.created_at if self.latest else None

    @property
    def is_asked_anew(self) -> bool:
        """Whether it was asked differently after the last answer."""
        return self.answered_at is not None and self.request.asked_at > self.answered_at


@dataclass(frozen=True)
class Window:
    """One page of the list, and where the next one begins."""

    cards: Sequence[RequestCard]
    older: int | None


def readable_in(root: Space, member: Member) -> ColumnElement[bool]:
    """Which spaces of a tree somebody reads requests of: as who is asked, of all of it."""
    in_tree = Space.root_id == root.id
    if member.role == SpaceRole.COORDINATOR:
        return in_tree
    return in_tree & Space.id.in_(readable_ids(member.account_id))


def requests_in(
    root: Space, member: Member, state: State | None = None, before: int | None = None
) -> Window:
    """The requests of a programme that this person may read, newest first."""
    conditions = [readable_in(root, member)]
    if state is not None:
        conditions.append(Request.state == state)
    if before is not None:
        conditions.append(Request.id < before)
    found = cards_where(*conditions, most=SHOWN + 1)
    older = found[SHOWN - 1].request.id if len(found) > SHOWN else None
    return Window(found[:SHOWN], older)


def counts_in(root: Space, member: Member) -> dict[State, int]:
    """How many of them stand where."""
    rows = db.session.execute(
        from_spaces(select(Request.state, func.count()))
        .where(Request.text != "", readable_in(root, member))
        .group_by(Request.state)
    )
    return {state: count for state, count in rows}


def card_of(request: Request) -> RequestCard | None:
    """One request; none where its event belongs to no space."""
    return next(iter(cards_where(Request.id == request.id, most=1)), None)


def answers_to_reports(report_ids: Sequence[int]) -> dict[int, list[RequestAnswer]]:
    """What the centre has answered in the programme to what these rooms ask."""
    found: dict[int, list[RequestAnswer]] = defaultdict(list)
    rows = db.session.execute(
        select(Request.report_id, RequestAnswer)
        .join(Request, Request.id == RequestAnswer.request_id)
        .options(joinedload(RequestAnswer.account))
        .where(Request.report_id.in_(report_ids), RequestAnswer.withdrawn_at.is_(None))
        .order_by(RequestAnswer.id)
    )
    for report_id, answer in rows:
        found[report_id or 0].append(answer)
    return found


def from_spaces(query: Any) -> Any:
    """With what asks: a room of an event, or a forum; and with the space of that."""
    return (
        query.select_from(Request)
        .outerjoin(Report, Report.id == Request.report_id)
        .outerjoin(Room, Room.id == Report.room_id)
        .outerjoin(Round, Round.id == Room.round_id)
        .outerjoin(Event, Event.id == Round.event_id)
        .outerjoin(Forum, Forum.id == Request.forum_id)
        .join(Space, Space.id == func.coalesce(Event.space_id, Forum.space_id))
    )


def cards_where(*conditions: ColumnElement[bool], most: int | None = None) -> list[RequestCard]:
    """The requests that meet the conditions, the latest first, with what was answered."""
    rows = db.session.execute(
        from_spaces(select(Request, Space, Event))
        .options(
            joinedload(Request.forum),
            joinedload(Request.report)
            .joinedload(Report.room)
            .joinedload(Room.round)
            .joinedload(Round.item),
        )
        .where(Request.text != "", *conditions)
        .order_by(Request.id.desc())
        .limit(most)
    ).all()
    answers = _answers([request.id for request, _space, _event in rows])
    said = answers_by_report({request.report_id or 0 for request, _space, _event in rows})
    return [
        RequestCard(request, space, event, answers[request.id], said[request.report_id or 0].cards)
        for request, space, event in rows
    ]


def _answers(request_ids: Sequence[int]) -> dict[int, list[RequestAnswer]]:
    found: dict[int, list[RequestAnswer]] = defaultdict(list)
    for answer in db.session.scalars(
        select(RequestAnswer)
        .options(joinedload(RequestAnswer.account).joinedload(Account.municipality))
        .where(RequestAnswer.request_id.in_(request_ids), RequestAnswer.withdrawn_at.is_(None))
        .order_by(RequestAnswer.id)
    ):
        found[answer.request_id].append(answer)
    return found


def requests_of_reports(report_ids: Sequence[int]) -> dict[int, Request]:
    """What these rooms ask, by their reports."""
    rows = db.session.scalars(select(Request).where(Request.report_id.in_(report_ids)))
    return {request.report_id or 0: request for request in rows}


def request_of_report(report_id: int) -> Request | None:
    """What a room asks."""
    return db.session.scalar(select(Request).where(Request.report_id == report_id))


def request_of_forum(forum_id: int) -> Request | None:
    """What a forum asks."""
    return db.session.scalar(select(Request).where(Request.forum_id == forum_id))


def is_answered(request: Request) -> bool:
    """Whether an official answer stands, here or in the event."""
    here = select(RequestAnswer.id).where(
        RequestAnswer.request_id == request.id, RequestAnswer.withdrawn_at.is_(None)
    )
    there = select(OfficialAnswer.id).where(
        OfficialAnswer.report_id == request.report_id if request.report_id else false(),
        OfficialAnswer.shown(),
    )
    return bool(db.session.scalar(select(or_(here.exists(), there.exists()))))


def report_of(forum: Forum) -> ForumReport | None:
    """What a forum hands in so far."""
    return db.session.scalar(
        select(ForumReport)
        .options(joinedload(ForumReport.changed_by))
        .where(ForumReport.forum_id == forum.id)
    )


def is_reporter(forum: Forum, member: Member) -> bool:
    """Whether somebody may write the forum's report: as coordinator, or named by one."""
    if member.role == SpaceRole.COORDINATOR:
        return True
    if member.role not in MEMBERS:
        return False
    return db.session.get(Reporter, (forum.id, member.account_id)) is not None


def members_and_reporters(forum: Forum) -> list[tuple[Account, bool]]:
    """The plain members of the forum's space, and whether they may write its report."""
    rows = db.session.execute(
        select(Account, Reporter.account_id)
        .join(Membership, Membership.account_id == Account.id)
        .outerjoin(Reporter, (Reporter.account_id == Account.id) & (Reporter.forum_id == forum.id))
        .where(Membership.space_id == forum.space_id, Membership.role == SpaceRole.MEMBER)
        .order_by(Account.name, Account.id)
    )
    return [(account, named is not None) for account, named in rows]
