"""Which fact has the search look at what again.

Hiding, closing and making private need nothing: who may read a thing is asked when it is found.
"""

from sqlalchemy import select

from app.breakouts.facts import ContributionWritten, ReportWritten
from app.breakouts.models import CONTRIBUTION, Report
from app.carryover.facts import OriginChanged
from app.carryover.models import CarriedPiece, CarriedThread
from app.events.facts import StepChanged
from app.extensions import db
from app.files.facts import FileDropped, FileKept
from app.forums.facts import PostChanged, PostWritten, ThreadChanged, ThreadOpened
from app.forums.models import Thread
from app.livepolls.facts import AspectEmptied, AspectsChosen, ConcernWritten
from app.livepolls.models import Aspect, FlashPoll
from app.notes.facts import NotesKept
from app.outbox import follows
from app.proposals.facts import AspectAnswered, ProposalWritten, ReportAnswered
from app.questions.facts import QuestionChanged
from app.search.noted import note


@follows(PostWritten)
def _post_written(fact: PostWritten) -> None:
    _post(fact.thread_id, fact.post_id)


@follows(PostChanged)
def _post_changed(fact: PostChanged) -> None:
    _post(fact.thread_id, fact.post_id)


def _post(thread_id: int, post_id: int) -> None:
    thread = db.session.get_one(Thread, thread_id)
    in_event = "reply" if thread.subject == CONTRIBUTION else "comment"
    note(in_event if thread.forum_id is None else "post", post_id)


@follows(ThreadOpened)
def _thread_opened(fact: ThreadOpened) -> None:
    note("thread", fact.thread_id)


@follows(ThreadChanged)
def _thread_changed(fact: ThreadChanged) -> None:
    note("thread", fact.thread_id)
    _origin(fact.thread_id)


@follows(OriginChanged)
def _origin_changed(fact: OriginChanged) -> None:
    _origin(fact.thread_id)


def _origin(thread_id: int) -> None:
    pieces = select(CarriedPiece.id).join(
        CarriedThread, CarriedThread.id == CarriedPiece.carried_id
    )
    note("carried", *db.session.scalars(pieces.where(CarriedThread.thread_id == thread_id)))


@follows(FileKept)
def _file_kept(fact: FileKept) -> None:
    note("file", fact.file_id)


@follows(FileDropped)
def _file_dropped(fact: FileDropped) -> None:
    note("file", fact.file_id)


@follows(ConcernWritten)
def _concern_written(fact: ConcernWritten) -> None:
    note("concern", fact.concern_id)


@follows(AspectsChosen)
def _aspects_chosen(fact: AspectsChosen) -> None:
    note("aspect", *db.session.scalars(select(Aspect.id).where(Aspect.poll_id == fact.poll_id)))


@follows(StepChanged)
def _step_changed(fact: StepChanged) -> None:
    """A choice was taken back, or a chosen aspect has another title."""
    aspects = select(Aspect.id).join(FlashPoll, FlashPoll.id == Aspect.poll_id)
    note("aspect", *db.session.scalars(aspects.where(FlashPoll.item_id == fact.item_id)))


@follows(AspectEmptied)
def _aspect_emptied(fact: AspectEmptied) -> None:
    note("aspect", fact.aspect_id)


@follows(ProposalWritten)
def _proposal_written(fact: ProposalWritten) -> None:
    note("proposal", fact.proposal_id)


@follows(AspectAnswered)
def _aspect_answered(fact: AspectAnswered) -> None:
    note("answer", fact.answer_id)


@follows(ReportAnswered)
def _report_answered(fact: ReportAnswered) -> None:
    note("answer", fact.answer_id)


@follows(ContributionWritten)
def _contribution_written(fact: ContributionWritten) -> None:
    note("contribution", fact.contribution_id)


@follows(ReportWritten)
def _report_written(fact: ReportWritten) -> None:
    note("report", *db.session.scalars(select(Report.id).where(Report.room_id == fact.room_id)))


@follows(NotesKept)
def _notes_kept(fact: NotesKept) -> None:
    note("notes", fact.notes_id)


@follows(QuestionChanged)
def _question_changed(fact: QuestionChanged) -> None:
    note("question", fact.question_id)
