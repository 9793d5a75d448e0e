"""What came of a poll: each concern with its aspect, and what stands under that."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.breakouts.models import Contribution, Report, Room, Round
from app.breakouts.queries.texts import contributions, reports_in
from app.carryover.queries import threads_from
from app.events.models import AgendaItem, Participant
from app.extensions import db
from app.forums.models import Thread
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.queries import AspectCard, ConcernCard, aspect_cards, cards, hall_cards
from app.notes.models import Notes
from app.notes.queries import hidden_in, shown_in
from app.proposals.queries import Section, sections_of


@dataclass(frozen=True)
class RoomTexts:
    """A room with what was written in it, as far as the reader may read that."""

    room: Room
    contributions: Sequence[Contribution]
    notes: Notes | None
    report: Report | None


@dataclass(frozen=True)
class Branch:
    """An aspect with all that grew out of it."""

    card: AspectCard
    section: Section  # its official answers and proposals
    rooms: Sequence[RoomTexts]  # that had it for their topic
    threads: Sequence[Thread]  # in which it goes on, as far as the reader may read them

    @property
    def aspect(self) -> Aspect:
        """The aspect itself."""
        return self.card.aspect


@dataclass(frozen=True)
class Lineage:
    """A poll with what came of it, as one person may take it along."""

    poll: FlashPoll
    concerns: Sequence[ConcernCard]
    branches: Sequence[Branch]
    authors: Mapping[int, Participant]  # by their ids; nobody unless the reader moderates
    is_moderators: bool


def lineage(poll: FlashPoll, account_id: int | None, *, moderates: bool) -> Lineage:
    """What came of a poll: a fixed number of queries.

    Moderators get all concerns, hidden ones marked, and who wrote what; others what the results
    page shows them, without any name.
    """
    shown = _concerns(poll, moderates)
    visible = [card for card in shown if not card.concern.is_hidden]
    gathered = aspect_cards(poll, visible) if moderates or poll.is_frozen else []
    branches = _branches(poll, gathered, account_id, moderates)
    authors = _authors(shown, branches) if moderates else {}
    return Lineage(poll, shown, branches, authors, moderates)


def _concerns(poll: FlashPoll, moderates: bool) -> list[ConcernCard]:
    if moderates:
        return cards(Concern.poll_id == poll.id, Concern.withdrawn_at.is_(None))
    return hall_cards(poll) if poll.shows_concerns else []


def _branches(
    poll: FlashPoll, gathered: Sequence[AspectCard], account_id: int | None, moderates: bool
) -> list[Branch]:
    sections = sections_of([card.aspect for card in gathered])
    rooms = _texts(_rooms(poll), moderates)
    threads = threads_from(poll.event_id, account_id)
    return [
        Branch(
            card,
            section,
            [each for each in rooms if each.room.aspect_id == card.aspect.id],
            threads.get(("aspect", card.aspect.id), []),
        )
        for card, section in zip(gathered, sections, strict=True)
    ]


def _rooms(poll: FlashPoll) -> Sequence[Room]:
    """The rooms that had an aspect of this poll for their topic, in the agenda's order."""
    return db.session.scalars(
        select(Room)
        .join(Aspect, Aspect.id == Room.aspect_id)
        .join(Round, Round.id == Room.round_id)
        .join(AgendaItem, AgendaItem.id == Round.item_id)
        .where(Aspect.poll_id == poll.id)
        .order_by(AgendaItem.position, Room.number)
    ).all()


def _texts(rooms: Sequence[Room], moderates: bool) -> list[RoomTexts]:
    """What was written in rooms: while they are open, moderators alone read it, hidden things too.

    A few queries, however many rooms there are.
    """
    ids = [room.id for room in rooms if moderates or room.round.is_over]
    shown = [] if moderates else [Contribution.hidden_at.is_(None)]
    written: dict[int, list[Contribution]] = defaultdict(list)
    for each in contributions(Contribution.room_id.in_(ids), *shown):
        written[each.room_id].append(each)
    notes, reports = shown_in(ids), reports_in(ids)
    if moderates:
        notes |= hidden_in(ids)
    return [RoomTexts(r, written[r.id], notes.get(r.id), reports.get(r.id)) for r in rooms]


def _authors(shown: Sequence[ConcernCard], branches: Sequence[Branch]) -> dict[int, Participant]:
    ids = {card.concern.participant_id for card in shown}
    for branch in branches:
        ids |= {card.proposal.participant_id for card in branch.section.cards}
        ids |= {card.answer.participant_id for card in branch.section.answers.cards}
        ids |= {each.participant_id for room in branch.rooms for each in room.contributions}
    people = db.session.scalars(select(Participant).where(Participant.id.in_(ids - {None})))
    return {person.id: person for person in people}
