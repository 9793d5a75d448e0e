"""Official answers: said, said differently, kept or taken back, and done."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.commitments import NOTHING, Commitment, State
from app.database import now
from app.errors import Conflict
from app.events.cards import follow_on_screen
from app.events.models import Participant
from app.extensions import db
from app.livepolls.models import Aspect
from app.outbox import announce
from app.proposals.facts import (
    AspectAnswered,
    OwnProposalsChanged,
    ReportAnswered,
    ReportCommitted,
)
from app.proposals.models import OfficialAnswer, require_frozen
from app.proposals.organisations import organisation_of
from app.proposals.versions import forget_wordings, keep_answer
from app.richtext import RichText
from app.submissions import submit_once


def answer_aspect(
    aspect: Aspect,
    author: Participant,
    words: RichText,
    key: str,
    commitment: Commitment = NOTHING,
) -> tuple[OfficialAnswer, bool]:
    """Answer an aspect officially; returns the answer, and whether it is new."""
    require_frozen(aspect)
    answer, is_new = _answer(author, words, key, commitment, aspect_id=aspect.id)
    if answer.aspect_id != aspect.id:
        raise Conflict
    return answer, is_new


def answer_report(
    report_id: int,
    author: Participant,
    words: RichText,
    key: str,
    commitment: Commitment = NOTHING,
) -> tuple[OfficialAnswer, bool]:
    """Answer what a room of the author's event asks for; returns the answer, and if it is new."""
    answer, is_new = _answer(author, words, key, commitment, report_id=report_id)
    if answer.report_id != report_id:
        raise Conflict
    return answer, is_new


def _answer(
    author: Participant, words: RichText, key: str, commitment: Commitment, **subject: int
) -> tuple[OfficialAnswer, bool]:
    def make(sure_key: str) -> OfficialAnswer:
        return OfficialAnswer(
            event_id=author.event_id,
            participant_id=author.id,
            key=sure_key,
            **words.columns,
            organisation=commitment.organisation or organisation_of(author),
            **subject,
        )

    answer, is_new = submit_once(OfficialAnswer, author, key, words.text, make)
    if is_new:
        _commit(answer, commitment, answer.created_at)
        _announce_answer(answer)
        announce(OwnProposalsChanged(author.id), author.channel)
    return answer, is_new


def _commit(answer: OfficialAnswer, commitment: Commitment, at: datetime) -> None:
    """Where an aspect is answered, the answer commits itself; a room's request stands itself.

    What is hidden says nothing about that.
    """
    if answer.report_id is None:
        answer.commit_to(commitment.state, commitment.why, at)
    elif commitment.state is not None and not answer.is_hidden:
        fact = ReportCommitted(answer.event_id, answer.report_id, commitment.state, commitment.why)
        announce(fact, answer.event.channel)


def edit_answer(answer: OfficialAnswer, words: RichText, commitment: Commitment = NOTHING) -> None:
    """Answer differently, or commit to something else; everybody can see what was said before."""
    is_other = words.text != answer.text or _is_for_others(answer, commitment)
    if is_other or _says_more(answer, commitment):
        keep_answer(answer)
    if is_other:
        answer.edit(words)
    answer.organisation = commitment.organisation or answer.organisation
    _commit(answer, commitment, now())
    _announce_answer(answer)


def _says_more(answer: OfficialAnswer, commitment: Commitment) -> bool:
    said = (answer.state, answer.why)
    return answer.report_id is None and (commitment.state, commitment.why) != said


def _is_for_others(answer: OfficialAnswer, commitment: Commitment) -> bool:
    """Whether it is said for another organisation than before; old answers name none."""
    author = answer.author
    before = answer.organisation or (organisation_of(author) if author is not None else "")
    return commitment.organisation not in ("", before)


def fulfil(answer: OfficialAnswer, is_done: bool) -> None:
    """Say that what was taken up is done, or that it is not yet."""
    before, after = State.IN_PROGRESS, State.DONE
    if not is_done:
        before, after = after, before
    if answer.state == after:
        return
    if answer.state != before:
        raise Conflict(_l("Only what was taken up can be done."))
    keep_answer(answer)
    answer.commit_to(after, answer.why)
    _announce_answer(answer)


def withdraw_answer(answer: OfficialAnswer, author: Participant) -> None:
    """Take an official answer back."""
    answer.withdraw()
    forget_wordings(answer)
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
