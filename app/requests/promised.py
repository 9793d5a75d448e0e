"""What was promised, as rows of the database: answers to aspects, and what rooms and forums asked.

Both stand in one list, which the database puts in order, counts, and cuts into pages.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, union_all

from app.accounts.models import Account
from app.commitments import COMMITMENTS
from app.events.models import Event
from app.extensions import db
from app.livepolls.models import Aspect, FlashPoll
from app.municipalities.models import Municipality
from app.permissions import SpaceRole
from app.proposals.models import OfficialAnswer
from app.requests.models import Request, RequestAnswer
from app.requests.queries import from_spaces, readable_in
from app.spaces.identity import member_of
from app.spaces.models import Member, Space
from app.spaces.permissions import readable_ids

ANSWER, REQUEST = "answer", "request"


def promised_in(space: Space, member: Member) -> Any:
    """All that was promised in a space and below it, as far as this person may read it.

    A subquery of `kind`, `id`, `state`, `organisation`, `event_id`, and since when it stands: `at`.
    """
    top = db.session.get_one(Space, space.root_id)
    below = _below(space)
    return union_all(_answers(top, member, below), _requests(top, member, below)).subquery()


def _below(space: Space) -> set[int]:
    """The ids of the space and of all that is below it."""
    rows = db.session.execute(
        select(Space.id, Space.parent_id).where(Space.root_id == space.root_id)
    )
    parents, found = {id: parent for id, parent in rows}, {space.id}
    while more := {id for id, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _answers(top: Space, member: Member, space_ids: set[int]) -> Any:
    """The answers to aspects that commit themselves to something."""
    return (
        select(
            literal(ANSWER).label("kind"),
            OfficialAnswer.id,
            OfficialAnswer.state,
            _or_top(OfficialAnswer.organisation, top).label("organisation"),
            OfficialAnswer.event_id,
            func.coalesce(OfficialAnswer.state_at, OfficialAnswer.created_at).label("at"),
        )
        .join(Aspect, Aspect.id == OfficialAnswer.aspect_id)
        .join(FlashPoll, FlashPoll.id == Aspect.poll_id)
        .join(Event, Event.id == OfficialAnswer.event_id)
        .where(
            OfficialAnswer.state.is_not(None),
            OfficialAnswer.shown(),
            FlashPoll.frozen_at.is_not(None),
            Event.space_id.in_(space_ids),
            Event.space_id.in_(readable_ids(member.account_id)),
        )
    )


def _requests(top: Space, member: Member, space_ids: set[int]) -> Any:
    """What was asked and is committed to; who coordinates the top answers, and reads all of it."""
    nobody = Member(member.account, top.id, SpaceRole.READER)
    at_top = member_of(top, member.account) or nobody
    columns = select(
        literal(REQUEST),
        Request.id,
        Request.state,
        _or_top(_spoken_for(), top),
        Event.id,
        Request.changed_at,
    )
    return from_spaces(columns).where(
        Request.text != "",
        Request.state.in_(COMMITMENTS),
        Space.id.in_(space_ids),
        readable_in(top, at_top),
    )


def _spoken_for() -> Any:
    """The organisation for which the latest answer to a request was given, if there is one."""
    in_event = select(
        OfficialAnswer.organisation.label("organisation"), OfficialAnswer.created_at.label("at")
    ).where(OfficialAnswer.report_id == Request.report_id, OfficialAnswer.shown())
    here = (
        select(func.coalesce(Municipality.name, ""), RequestAnswer.created_at)
        .outerjoin(Account, Account.id == RequestAnswer.account_id)
        .outerjoin(Municipality, Municipality.id == Account.municipality_id)
        .where(RequestAnswer.request_id == Request.id, RequestAnswer.withdrawn_at.is_(None))
    )
    said = union_all(in_event.correlate(Request), here.correlate(Request)).subquery()
    latest = select(said.c.organisation).order_by(said.c.at.desc()).limit(1)
    return latest.correlate(Request).scalar_subquery()


def _or_top(organisation: Any, top: Space) -> ColumnElement[str]:
    """Who speaks for nobody else speaks for the programme."""
    return func.coalesce(func.nullif(organisation, ""), literal(top.name))
