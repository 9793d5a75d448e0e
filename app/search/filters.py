"""Filters: in which space or event, of which sort, by whom, from where, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.accounts.models import Account
from app.events.models import Event, Participant
from app.extensions import db
from app.search.models import first_id
from app.search.sources import Author, Reader
from app.search.terms import Expression, tagged
from app.search.words import composed, words_in
from app.spaces.models import Membership
from config import TIME_ZONE

ZONE = ZoneInfo(TIME_ZONE)
MOST_NAMESAKES = 40
MOST_COMPARED = 5000  # names


class Order(StrEnum):
    """How results are ordered."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True)
class Filters:
    """What somebody restricts the search to; whatever makes no sense was left out."""

    space_id: int | None = None
    forum_id: int | None = None
    event_id: int | None = None
    kind: str = ""
    person: str = ""  # a name, or a part of it
    municipality_id: int | None = None
    since: date | None = None
    until: date | None = None
    order: Order = Order.BEST

    @property
    def are_set(self) -> bool:
        """Whether anything is left out of what could be found."""
        return self != replace(Filters(), order=self.order)

    @property
    def span(self) -> tuple[int | None, int | None]:
        """The least id of an entry in the span of time, and the least one after it."""
        after = self.until + timedelta(days=1) if self.until and self.until < date.max else None
        return _begin(self.since), _begin(after)


def read_filters(given: Mapping[str, str]) -> Filters:
    """The filters of an address; what cannot be read is as if it were not there."""
    order = given.get("order", "")
    return Filters(
        _id(given.get("space", "")),
        _id(given.get("forum", "")),
        _id(given.get("event", "")),
        given.get("kind", "")[:30],
        given.get("person", "").strip()[:80],
        _id(given.get("municipality", "")),
        _day(given.get("since", "")),
        _day(given.get("until", "")),
        Order(order) if order in set(Order) else Order.BEST,
    )


def _id(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _begin(day: date | None) -> int | None:
    if day is None or not 1900 < day.year < 2200:
        return None
    return first_id(datetime.combine(day, time(), ZONE).astimezone(UTC))


@dataclass(frozen=True)
class People:
    """Those who are meant by a name: as accounts, and as people in events."""

    account_ids: frozenset[int]
    participant_ids: frozenset[int]

    @property
    def tags(self) -> Sequence[str]:
        """How the index knows what is theirs."""
        return [
            *(f"a{id}" for id in sorted(self.account_ids)),
            *(f"p{id}" for id in sorted(self.participant_ids)),
        ]

    def wrote(self, author: Author | None) -> bool:
        """Whether the name that stands at a thing is one of theirs."""
        return author is not None and (
            author.account_id in self.account_ids or author.participant_id in self.participant_ids
        )


def people_named(name: str, reader: Reader) -> People:
    """Those in the reader's spaces and events whose name contains these words."""
    wanted = _letters(name)
    accounts = db.session.execute(
        select(Account.id, Account.name)
        .where(
            Account.deleted_at.is_(None),
            select(Membership.account_id)
            .where(Membership.account_id == Account.id, Membership.space_id.in_(reader.space_ids))
            .exists(),
        )
        .limit(MOST_COMPARED)
    )
    guests = db.session.execute(
        select(Participant.id, Participant.name)
        .where(Participant.event_id.in_(reader.event_ids))
        .limit(MOST_COMPARED)
    )
    named = [
        frozenset([id for id, name in rows if wanted and wanted in _letters(name)][:MOST_NAMESAKES])
        for rows in (accounts, guests)
    ]
    return People(*named)


def _letters(name: str) -> str:
    return " ".join(word.folded for word in words_in(composed(name)))


def scope(reader: Reader, filters: Filters, people: People | None) -> list[Expression] | None:
    """What the index is asked beside words: where to look at all; none where nothing can be.

    It only narrows what is looked at. Whether somebody may read what is found, each thing's own
    tables say.
    """
    places = _places(reader, filters)
    if not places or (people is not None and not people.tags):
        return None
    parts = [tagged(*places)]
    if people is not None:
        parts.append(tagged(*people.tags))
    for letter, value in (
        ("k", filters.kind),
        ("f", filters.forum_id),
        ("m", filters.municipality_id),
    ):
        if value:
            words = [word.folded for word in words_in(str(value))]
            parts.append(tagged(letter + "".join(words)))
    return parts


def _places(reader: Reader, filters: Filters) -> list[str]:
    if filters.event_id is not None:
        events = [id for id in reader.event_ids if id == filters.event_id]
        return [f"e{id}" for id in events]
    spaces, events = list(reader.space_ids), list(reader.event_ids)
    if filters.space_id is not None:
        spaces = [id for id in spaces if id == filters.space_id]
        events = _events_of(filters.space_id, events) if spaces else []
    return [*(f"s{id}" for id in spaces), *(f"e{id}" for id in events)]


def _events_of(space_id: int, event_ids: Sequence[int]) -> list[int]:
    query = select(Event.id).where(Event.space_id == space_id, Event.id.in_(event_ids))
    return list(db.session.scalars(query))
