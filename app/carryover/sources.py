"""What an event has to carry over: its aspects and rooms, each with all that was said there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select

from app.breakouts.models import Contribution, Report
from app.breakouts.queries import RoomResults
from app.carryover.models import PieceKind, SourceKind
from app.events.models import Event
from app.extensions import db
from app.forums.models import Post
from app.livepolls.models import Concern
from app.notes.models import Notes
from app.notes.queries import shown_in, text_of
from app.proposals.models import OfficialAnswer, Proposal
from app.proposals.queries import Answers, ProposalCard
from app.results.queries import Chapter, Results, results

Noted = Mapping[int, Notes]  # by their rooms

REPORT_PARTS = (PieceKind.DISCUSSED, PieceKind.REQUEST, PieceKind.IDEAS)
TABLES: dict[PieceKind, type[Any]] = {
    PieceKind.CONCERN: Concern,
    PieceKind.ANSWER: OfficialAnswer,
    PieceKind.PROPOSAL: Proposal,
    PieceKind.COMMENT: Post,
    PieceKind.CONTRIBUTION: Contribution,
    PieceKind.NOTES: Notes,
    **dict.fromkeys(REPORT_PARTS, Report),
}


@dataclass(frozen=True)
class Find:
    """Something that was said in an event."""

    kind: PieceKind
    thing: Any
    under_id: int | None = None
    voices: int | None = None

    @property
    def key(self) -> tuple[PieceKind, int]:
        """What it is, once and for all."""
        return self.kind, self.thing.id

    @property
    def is_gone(self) -> bool:
        """Whether it is off the event's pages."""
        return is_gone(self.kind, self.thing)

    def words(self) -> dict[str, str]:
        """What it says, as columns of a piece."""
        return words_of(self.kind, self.thing)


@dataclass(frozen=True)
class Source:
    """An aspect or a room, with what was said about it."""

    kind: SourceKind
    id: int
    title: str
    voices: int | None
    finds: Sequence[Find]

    def count(self, kind: PieceKind) -> int:
        """How much of one kind there is."""
        return sum(find.kind == kind for find in self.finds)


def is_gone(kind: PieceKind, thing: Any) -> bool:
    """Whether it was withdrawn or hidden; part of a report, whether nothing is in it any more."""
    if kind in REPORT_PARTS:
        return not getattr(thing, kind.value)
    if kind == PieceKind.NOTES:
        return thing.is_hidden or not text_of(thing).strip()
    return thing.withdrawn_at is not None or thing.hidden_at is not None


def words_of(kind: PieceKind, thing: Any) -> dict[str, str]:
    """What something says, as columns of a piece."""
    if kind in REPORT_PARTS:
        return {"text": getattr(thing, kind.value)}
    if kind == PieceKind.NOTES:
        return {"text": text_of(thing)}
    return {"text": thing.text, "html": getattr(thing, "html", "")}


def sources_of(event: Event) -> list[Source]:
    """The chosen aspects, then the rooms in which something was written."""
    with force_locale(event.language):
        found = results(event)
        chapters = [chapter for poll in found.polls for chapter in poll.chapters]
        rooms = [room for each in found.rounds for room in each.rooms]
        noted = shown_in([room.room.id for room in rooms])
        written = [room for room in rooms if not room.is_empty or room.room.id in noted]
        return [
            *(_aspect(each, found, noted) for each in chapters),
            *(_room(each, found, noted) for each in written),
        ]


def hold(sources: Iterable[Source]) -> None:
    """Read what is to be carried over anew, and let nobody withdraw it until that is done."""
    wanted: dict[type[Any], set[int]] = {}
    for source in sources:
        for find in source.finds:
            wanted.setdefault(TABLES[find.kind], set()).add(find.thing.id)
    for table, ids in wanted.items():
        rows = select(table).where(table.id.in_(ids)).order_by(table.id)
        db.session.execute(
            rows.with_for_update(read=True, of=table), execution_options={"populate_existing": True}
        ).all()


def _aspect(chapter: Chapter, found: Results, noted: Noted) -> Source:
    aspect, cards = chapter.card.aspect, chapter.card.cards
    finds = [
        *(Find(PieceKind.CONCERN, each.concern, voices=1 + each.supports) for each in cards),
        *_answers(chapter.section.answers),
        *_proposals(chapter.section.cards, found),
        *(find for room in chapter.rooms for find in _written_in(room, found, noted)),
    ]
    return Source(SourceKind.ASPECT, aspect.id, aspect.title, chapter.card.voices, finds)


def _room(result: RoomResults, found: Results, noted: Noted) -> Source:
    room = result.room
    title = f"{room.round.item.title}: {room.name}"
    return Source(SourceKind.ROOM, room.id, title, None, list(_written_in(result, found, noted)))


def _answers(answers: Answers) -> Iterator[Find]:
    return (Find(PieceKind.ANSWER, card.answer) for card in answers.cards)


def _proposals(cards: Sequence[ProposalCard], found: Results) -> Iterator[Find]:
    """The proposals, most supported first, each with its comments and what was merged into it."""
    for card in sorted(cards, key=lambda card: (-card.supports, card.proposal.id)):
        proposal = card.proposal
        yield Find(PieceKind.PROPOSAL, proposal, voices=card.supports)
        for post in found.comments.get(proposal.thread_id, ()):
            yield Find(PieceKind.COMMENT, post, under_id=proposal.id)
        for other in card.merged:
            yield Find(PieceKind.PROPOSAL, other)
            for post in found.comments.get(other.thread_id, ()):
                yield Find(PieceKind.COMMENT, post, under_id=other.id)


def _written_in(result: RoomResults, found: Results, noted: Noted) -> Iterator[Find]:
    """What a room hands in, the answers to that, what was contributed, and what was noted."""
    if result.report is not None:
        for part in REPORT_PARTS:
            if not is_gone(part, result.report):
                yield Find(part, result.report)
        if result.report.id in found.answers:
            yield from _answers(found.answers[result.report.id])
    for each in result.contributions:
        yield Find(PieceKind.CONTRIBUTION, each)
    if result.room.id in noted:
        yield Find(PieceKind.NOTES, noted[result.room.id])
