"""Promises as they are told: what about, in which words, by whom, and since when they stand so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.commitments import State
from app.events.models import Event, Participant
from app.events.permissions import sees_people_of
from app.extensions import db
from app.livepolls.models import Aspect
from app.permissions import Role
from app.proposals.models import OfficialAnswer
from app.proposals.queries import AnswerCard
from app.requests import queries
from app.requests.models import Request, RequestAnswer
from app.requests.promised import ANSWER, REQUEST
from app.requests.queries import RequestCard
from app.spaces.models import Member, Space


@dataclass(frozen=True)
class Promise:
    """What somebody has said officially about something, and where it stands."""

    id: str
    about: str  # the aspect, or what was asked
    words: Markup
    url: str | None  # where it was said, if this reader may go there
    place: str
    organisation: str
    by: str  # the name for those who may know it, else the function
    role: Role | None  # in the event, where even that is not said
    state: State
    why: str
    at: datetime  # since when it stands there


def promises(rows: Sequence[Any], member: Member) -> list[Promise]:
    """These rows of what was promised, as this person may read of them."""
    answers = _answers([row.id for row in rows if row.kind == ANSWER])
    asked = Request.id.in_([row.id for row in rows if row.kind == REQUEST])
    cards = {card.request.id: card for card in queries.cards_where(asked)}
    entered = _entered({row.event_id for row in rows}, member)
    return [
        _of_answer(row, *answers[row.id], entered=entered)
        if row.kind == ANSWER
        else _of_request(row, cards[row.id], entered)
        for row in rows
    ]


def _answers(ids: Iterable[int]) -> Mapping[int, tuple[AnswerCard, str, str]]:
    """Answers to aspects, with the titles of these and where they were given."""
    rows = db.session.execute(
        select(
            OfficialAnswer,
            func.coalesce(Account.function, ""),
            Aspect.title,
            Event.title,
            Space.name,
        )
        .join(Aspect, Aspect.id == OfficialAnswer.aspect_id)
        .join(Event, Event.id == OfficialAnswer.event_id)
        .join(Space, Space.id == Event.space_id)
        .outerjoin(Participant, Participant.id == OfficialAnswer.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .options(joinedload(OfficialAnswer.author))
        .where(OfficialAnswer.id.in_(ids))
    )
    return {
        answer.id: (AnswerCard(answer, function), aspect, f"{event} · {space}")
        for answer, function, aspect, event, space in rows
    }


def _entered(event_ids: set[int | None], member: Member) -> set[int]:
    """The events among these whose people this person may see."""
    seen = Event.id.in_(sees_people_of(member.account_id))
    return set(db.session.scalars(select(Event.id).where(Event.id.in_(event_ids - {None}), seen)))


def _of_answer(
    row: Any, card: AnswerCard, aspect: str, place: str, *, entered: set[int]
) -> Promise:
    answer, anchor = card.answer, f"{row.kind}-{row.id}"
    url = url_for("proposals.aspect", aspect_id=answer.aspect_id, _anchor=anchor)
    is_entered = row.event_id in entered
    return Promise(
        anchor,
        aspect,
        answer.body,
        url if is_entered else None,
        place,
        row.organisation,
        *_signed(card, is_entered),
        row.state,
        answer.why,
        row.at,
    )


def _of_request(row: Any, card: RequestCard, entered: set[int]) -> Promise:
    """A request stands somewhere itself; the latest answer says who spoke."""
    asked, said = card.request, card.latest
    place = card.event.title if card.event else card.place
    return Promise(
        f"{row.kind}-{row.id}",
        asked.text,
        said.body if said else Markup(),
        url_for("requests.show", request_id=asked.id),
        f"{place} · {card.space.name}",
        row.organisation,
        *_signed(said, row.event_id in entered),
        row.state,
        asked.why,
        row.at,
    )


def _signed(said: AnswerCard | RequestAnswer | None, is_entered: bool) -> tuple[str, Role | None]:
    """By whom: an event's people are named to those who may see them, members to all readers."""
    if isinstance(said, AnswerCard):
        author = said.answer.author
        known = author.name if author and is_entered else said.function
        return known, author.role if author else None
    return (said.account.name if said and said.account else ""), None
