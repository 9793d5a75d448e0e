"""Who may do what with proposals and official answers."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from app.livepolls.models import Aspect, FlashPoll
from app.permissions import ANSWERERS, EVERYBODY, MODERATORS, WRITERS, Role, allow
from app.proposals.models import OfficialAnswer, Proposal


def visible_to_all() -> ColumnElement[bool]:
    """Which proposals everybody sees."""
    return Proposal.shown()


def visible_to(person: Any) -> ColumnElement[bool]:
    """Which proposals this person may see: moderators and authors see hidden ones, too."""
    if person.role == Role.MODERATOR:
        return Proposal.withdrawn_at.is_(None)
    own = and_(Proposal.participant_id == person.id, Proposal.withdrawn_at.is_(None))
    return or_(own, visible_to_all())


def aspects_visible_to(person: Any) -> ColumnElement[bool]:
    """Which aspects have a page for this person: once they are chosen, all, chosen or not."""
    if person.role == Role.MODERATOR:
        return Aspect.id.is_not(None)
    return Aspect.poll.has(FlashPoll.frozen_at.is_not(None))


def answers_visible_to(person: Any) -> ColumnElement[bool]:
    """Which official answers this person may see: moderators and authors see hidden ones, too."""
    there = OfficialAnswer.withdrawn_at.is_(None)
    if person.role == Role.MODERATOR:
        return there
    own = OfficialAnswer.participant_id == person.id
    return and_(there, or_(own, OfficialAnswer.hidden_at.is_(None)))


def answer_still_there(_person: Any) -> ColumnElement[bool]:
    """Which official answers can still be changed by their authors."""
    return OfficialAnswer.withdrawn_at.is_(None)


allow("proposals.see", EVERYBODY, visible=visible_to)
allow("proposals.see_aspect", EVERYBODY, visible=aspects_visible_to)
allow("proposals.write", WRITERS)
allow("proposals.support", WRITERS, visible=visible_to)
allow("proposals.react", WRITERS, visible=visible_to)
allow("proposals.flag", WRITERS, visible=visible_to)
allow("proposals.merge", MODERATORS, visible=visible_to)
allow("proposals.decide", MODERATORS, visible=visible_to)
allow("proposals.edit", WRITERS, own=True, visible=visible_to)
allow("proposals.answer", ANSWERERS)
allow("proposals.see_answer", EVERYBODY, visible=answers_visible_to)
allow("proposals.fulfil", ANSWERERS, visible=answers_visible_to)
allow("proposals.edit_answer", ANSWERERS, own=True, visible=answer_still_there)
