"""What people do with questions; each runs inside a transaction, and announces what it did."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.database import set_row
from app.errors import Conflict
from app.events.cards import follow_on_screen
from app.events.models import Event, Participant
from app.extensions import db
from app.outbox import announce
from app.questions.facts import OwnQuestionsChanged, QuestionChanged
from app.questions.models import LONGEST_QUESTION, Question, QuestionSupport
from app.submissions import checked, submit_once


def ask(
    event: Event, author: Participant, text: str, key: str, *, anonymous: bool = False
) -> tuple[Question, bool]:
    """Ask the speakers; returns the question, and whether it is new."""
    words = checked(text, LONGEST_QUESTION)
    question, is_new = submit_once(
        Question,
        author,
        key,
        words,
        lambda sure_key: Question(
            event_id=event.id,
            participant_id=author.id,
            key=sure_key,
            text=words,
            submitted_text=words,
            anonymous=anonymous,
        ),
    )
    if is_new:
        _announce(question)
        announce(OwnQuestionsChanged(author.id), author.channel)
    return question, is_new


def withdraw(question: Question, author: Participant) -> None:
    """Take a question back; where others ask the same, it stays theirs, without the author."""
    remove_author(question)
    _announce(question)
    announce(OwnQuestionsChanged(author.id), author.channel)


def remove_author(question: Question) -> None:
    """Take the author away, and the question with them unless others ask the same."""
    others = select(QuestionSupport.participant_id).where(
        QuestionSupport.question_id == question.id
    )
    if db.session.scalar(select(others.exists())):
        question.participant_id = None
    else:
        question.withdraw()


def remove_all(author: Participant) -> None:
    """Take back all that somebody asked and supports, and their name from the rest."""
    supported = db.session.scalars(
        delete(QuestionSupport)
        .where(QuestionSupport.participant_id == author.id)
        .returning(QuestionSupport.question_id)
    ).all()
    for id in supported:
        announce(QuestionChanged(author.event_id, id), author.event.channel)
    own = select(Question).where(
        Question.participant_id == author.id, Question.withdrawn_at.is_(None)
    )
    for question in db.session.scalars(own):
        remove_author(question)
        _announce(question)


def support(question: Question, person: Participant, wanted: bool) -> None:
    """Ask the same, or no longer; saying it twice is saying it once."""
    if question.participant_id == person.id:
        raise Conflict(_l("This is your own question."))
    if set_row(QuestionSupport(question_id=question.id, participant_id=person.id), wanted):
        _announce(question)
        announce(OwnQuestionsChanged(person.id), person.channel)


def mark_answered(question: Question, answered: bool) -> None:
    """Say that a speaker has answered it, or take that back."""
    question.answer(answered)
    _announce(question)


def mark_dismissed(question: Question, dismissed: bool) -> None:
    """Put it aside without an answer, or take it up again."""
    question.dismiss(dismissed)
    _announce(question)


def _announce(question: Question) -> None:
    db.session.flush()
    follow_on_screen(question.event, "question", question)
    announce(QuestionChanged(question.event_id, question.id), question.event.channel)
