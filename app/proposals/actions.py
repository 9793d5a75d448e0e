"""What people do with proposals; each runs inside a transaction, and announces what it did."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select

from app.database import set_row
from app.errors import Conflict
from app.events.cards import follow_on_screen
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Post, Thread
from app.livepolls.models import Aspect
from app.outbox import announce
from app.proposals.facts import (
    AspectAnswered,
    OwnProposalsChanged,
    ProposalSupported,
    ProposalWritten,
    ReportAnswered,
)
from app.proposals.models import (
    STEP,
    OfficialAnswer,
    Proposal,
    ProposalSupport,
    require_frozen,
    require_taking,
)
from app.richtext import RichText
from app.submissions import submit_once


def write_proposal(
    aspect: Aspect, author: Participant, words: RichText, key: str
) -> tuple[Proposal, bool]:
    """Propose a solution; returns it, and whether it is new. The aspect's poll is held (shared)."""

    def make(sure_key: str) -> Proposal:
        require_taking(aspect)
        thread = Thread(event_id=aspect.event_id, subject=STEP)
        return Proposal(
            aspect_id=aspect.id,
            thread=thread,
            participant_id=author.id,
            key=sure_key,
            text=words.text,
            html=words.html,
            submitted_text=words.text,
        )

    proposal, is_new = submit_once(Proposal, author.id, key, words.text, make)
    if proposal.aspect_id != aspect.id:
        raise Conflict
    if is_new:
        _announce(proposal)
        announce(OwnProposalsChanged(author.id), author.channel)
    return proposal, is_new


def edit_proposal(proposal: Proposal, words: RichText) -> None:
    """Say it differently."""
    proposal.edit(words)
    _announce(proposal)


def withdraw_proposal(proposal: Proposal, author: Participant) -> None:
    """Take a proposal back; where others build on it, it stays theirs, without the author."""
    remove_author(proposal)
    _announce(proposal)
    announce(OwnProposalsChanged(author.id), author.channel)


def remove_author(proposal: Proposal) -> None:
    """Take the author away, and the proposal with them unless others support or discuss it."""
    if _is_built_on(proposal):
        proposal.participant_id = None
    else:
        proposal.withdraw()


def remove_all(author: Participant) -> None:
    """Take back all that somebody proposed and supports, and their name from the rest."""
    supported = db.session.scalars(
        delete(ProposalSupport)
        .where(ProposalSupport.participant_id == author.id)
        .returning(ProposalSupport.proposal_id)
    ).all()
    for id in supported:
        announce(ProposalSupported(author.event_id, id), author.event.channel)
    own = select(Proposal).where(
        Proposal.participant_id == author.id, Proposal.withdrawn_at.is_(None)
    )
    for proposal in db.session.scalars(own):
        remove_author(proposal)
        _announce(proposal)


def _is_built_on(proposal: Proposal) -> bool:
    support = select(ProposalSupport.participant_id).where(
        ProposalSupport.proposal_id == proposal.id
    )
    comment = select(Post.id).where(
        Post.thread_id == proposal.thread_id,
        Post.withdrawn_at.is_(None),
        func.coalesce(Post.participant_id, 0) != proposal.participant_id,
    )
    return bool(db.session.scalar(select(support.exists() | comment.exists())))


def support(proposal: Proposal, person: Participant, wanted: bool) -> None:
    """Support a proposal, or no longer; saying it twice is saying it once."""
    if proposal.participant_id == person.id:
        raise Conflict(_l("This is your own proposal."))
    if set_row(ProposalSupport(proposal_id=proposal.id, participant_id=person.id), wanted):
        fact = ProposalSupported(proposal.event_id, proposal.id)
        announce(fact, proposal.thread.event.channel)
        announce(OwnProposalsChanged(person.id), person.channel)


def _announce(proposal: Proposal) -> None:
    db.session.flush()
    event = proposal.aspect.poll.event
    follow_on_screen(event, "proposal", proposal)
    announce(ProposalWritten(event.id, proposal.id), event.channel)


def answer_aspect(
    aspect: Aspect, author: Participant, words: RichText, key: str
) -> tuple[OfficialAnswer, bool]:
    """Answer an aspect officially; returns the answer, and whether it is new."""
    require_frozen(aspect)
    answer, is_new = _answer(aspect.event_id, author, words, key, aspect_id=aspect.id)
    if answer.aspect_id != aspect.id:
        raise Conflict
    return answer, is_new


def answer_report(
    report_id: int, author: Participant, words: RichText, key: str
) -> tuple[OfficialAnswer, bool]:
    """Answer what a room of the author's event asks for; returns the answer, and if it is new."""
    answer, is_new = _answer(author.event_id, author, words, key, report_id=report_id)
    if answer.report_id != report_id:
        raise Conflict
    return answer, is_new


def _answer(
    event_id: int, author: Participant, words: RichText, key: str, **subject: int
) -> tuple[OfficialAnswer, bool]:
    def make(sure_key: str) -> OfficialAnswer:
        return OfficialAnswer(
            event_id=event_id,
            participant_id=author.id,
            key=sure_key,
            text=words.text,
            html=words.html,
            submitted_text=words.text,
            **subject,
        )

    answer, is_new = submit_once(OfficialAnswer, author.id, key, words.text, make)
    if is_new:
        _announce_answer(answer)
        announce(OwnProposalsChanged(author.id), author.channel)
    return answer, is_new


def edit_answer(answer: OfficialAnswer, words: RichText) -> None:
    """Answer differently."""
    answer.edit(words)
    _announce_answer(answer)


def withdraw_answer(answer: OfficialAnswer, author: Participant) -> None:
    """Take an official answer back."""
    answer.withdraw()
    _announce_answer(answer)
    announce(OwnProposalsChanged(author.id), author.channel)


def unsign_answers(author: Participant) -> None:
    """Official answers stay, without the name of the person who wrote them."""
    own = select(OfficialAnswer).where(OfficialAnswer.participant_id == author.id)
    for answer in db.session.scalars(own):
        answer.participant_id = None
        _announce_answer(answer)


def _announce_answer(answer: OfficialAnswer) -> None:
    db.session.flush()
    event = answer.event
    follow_on_screen(event, "answer", answer)
    if answer.aspect_id is not None:
        announce(AspectAnswered(event.id, answer.aspect_id, answer.id), event.channel)
    elif answer.report_id is not None:
        announce(ReportAnswered(event.id, answer.report_id, answer.id), event.channel)
