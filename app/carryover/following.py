"""What follows in a thread's origin when something vanishes in the event, or comes back."""

from collections.abc import Sequence

from sqlalchemy import select, update

from app.arranging.facts import ThreadsMerged
from app.breakouts.facts import ContributionWritten, ReportWritten
from app.breakouts.models import Report
from app.carryover.facts import OriginChanged
from app.carryover.models import CarriedPiece, CarriedThread, PieceKind, SourceKind
from app.carryover.sources import REPORT_PARTS, TABLES, is_gone, words_of
from app.events.facts import CardHidden
from app.events.models import Participant
from app.extensions import db
from app.forums.facts import PostChanged
from app.livepolls.facts import AspectsMerged, ConcernWritten, WordsTakenBack
from app.livepolls.models import Concern
from app.outbox import announce, follows
from app.proposals.facts import AspectAnswered, ProposalWritten, ReportAnswered

CARDS = {
    "concern": PieceKind.CONCERN,
    "answer": PieceKind.ANSWER,
    "proposal": PieceKind.PROPOSAL,
    "post": PieceKind.COMMENT,
    "contribution": PieceKind.CONTRIBUTION,
    "notes": PieceKind.NOTES,
}


@follows(CardHidden)
def _card(fact: CardHidden) -> None:
    if fact.kind in CARDS:
        _look_at(CARDS[fact.kind], fact.id)


@follows(ConcernWritten)
def _concern(fact: ConcernWritten) -> None:
    _look_at(PieceKind.CONCERN, fact.concern_id)


@follows(WordsTakenBack)
def _words_taken_back(fact: WordsTakenBack) -> None:
    """What only its author has said is gone here, too."""
    concern = db.session.get_one(Concern, fact.concern_id)
    for piece in _pieces_of(PieceKind.CONCERN, concern.id):
        if piece.gone_at is None:
            _give_words(piece, concern)
            thread = piece.carried.thread
            announce(OriginChanged(thread.id), thread.channel)


@follows(ProposalWritten)
def _proposal(fact: ProposalWritten) -> None:
    _look_at(PieceKind.PROPOSAL, fact.proposal_id)


@follows(AspectAnswered)
def _aspect_answer(fact: AspectAnswered) -> None:
    _look_at(PieceKind.ANSWER, fact.answer_id)


@follows(ReportAnswered)
def _report_answer(fact: ReportAnswered) -> None:
    _look_at(PieceKind.ANSWER, fact.answer_id)


@follows(PostChanged)
def _post(fact: PostChanged) -> None:
    _look_at(PieceKind.COMMENT, fact.post_id)


@follows(ContributionWritten)
def _contribution(fact: ContributionWritten) -> None:
    _look_at(PieceKind.CONTRIBUTION, fact.contribution_id)


@follows(ReportWritten)
def _report(fact: ReportWritten) -> None:
    report_id = db.session.scalar(select(Report.id).where(Report.room_id == fact.room_id))
    if report_id is not None:
        for part in REPORT_PARTS:
            _look_at(part, report_id)


@follows(AspectsMerged)
def _merged(fact: AspectsMerged) -> None:
    """Where an aspect was put into another, the way back leads to that one."""
    kept = select(CarriedThread.forum_id).where(
        CarriedThread.kind == SourceKind.ASPECT, CarriedThread.source_id == fact.kept_id
    )
    db.session.execute(
        update(CarriedThread)
        .where(
            CarriedThread.kind == SourceKind.ASPECT,
            CarriedThread.source_id == fact.other_id,
            CarriedThread.forum_id.not_in(kept),
        )
        .values(source_id=fact.kept_id)
        .execution_options(synchronize_session=False)
    )


@follows(ThreadsMerged)
def _threads_merged(fact: ThreadsMerged) -> None:
    """The origin goes where the posts go."""
    db.session.execute(
        update(CarriedThread)
        .where(CarriedThread.thread_id == fact.thread_id)
        .values(thread_id=fact.into_id)
        .execution_options(synchronize_session=False)
    )


def _look_at(kind: PieceKind, source_id: int) -> None:
    """Take the words back where the event has; give them back where a moderator shows them again.

    What is only said differently stays as it was: people are discussing it.
    """
    pieces = _pieces_of(kind, source_id)
    source = db.session.get(TABLES[kind], source_id) if pieces else None
    for piece in pieces:
        _bring_up_to_date(piece, source)


def _pieces_of(kind: PieceKind, source_id: int) -> Sequence[CarriedPiece]:
    return db.session.scalars(
        select(CarriedPiece).where(CarriedPiece.kind == kind, CarriedPiece.source_id == source_id)
    ).all()


def _give_words(piece: CarriedPiece, source: object) -> None:
    for name, value in words_of(piece.kind, source).items():
        setattr(piece, name, value)


def _bring_up_to_date(piece: CarriedPiece, source: object) -> None:
    gone = source is None or is_gone(piece.kind, source)
    was_gone = piece.gone_at is not None
    if gone and not was_gone:
        piece.take_words_back()
    elif was_gone and not gone:
        piece.gone_at = None
        _give_words(piece, source)
    unsigned = piece.participant_id and getattr(source, "participant_id", 0) is None
    if unsigned:
        piece.participant_id = None
    if gone != was_gone or unsigned:
        db.session.flush()
        thread = piece.carried.thread
        announce(OriginChanged(thread.id), thread.channel)


def belongs_to(guest: Participant, member: Participant) -> None:
    """Whatever a guest has said is a member's from now on, here too."""
    db.session.execute(
        update(CarriedPiece)
        .where(CarriedPiece.participant_id == guest.id)
        .values(participant_id=member.id)
        .execution_options(synchronize_session=False)
    )
