"""Voicing a concern, changing it, and saying *me too*."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.database import locked, now, set_row
from app.errors import Conflict, NotFound
from app.events.cards import follow_on_screen
from app.events.models import Participant
from app.extensions import db
from app.livepolls.facts import (
    ConcernSupported,
    ConcernWritten,
    OwnConcernsChanged,
)
from app.livepolls.models import (
    LONGEST_CONCERN,
    Concern,
    ConcernSupport,
    FlashPoll,
)
from app.outbox import announce
from app.submissions import checked, submit_once


def write_concern(
    poll: FlashPoll, author: Participant, text: str, key: str
) -> tuple[Concern, bool]:
    """Voice a concern; returns it, and whether it is new. The poll's row is held (shared)."""
    tidy = checked(text, LONGEST_CONCERN)

    def make(sure_key: str) -> Concern:
        poll.require_open()
        _require_room_for_more(poll, author)
        return Concern(
            poll_id=poll.id,
            poll=poll,
            participant_id=author.id,
            key=sure_key,
            text=tidy,
            submitted_text=tidy,
        )

    concern, is_new = submit_once(Concern, author.id, key, tidy, make)
    if is_new:
        _announce_concern(concern, author)
    return concern, is_new


def _require_room_for_more(poll: FlashPoll, author: Participant) -> None:
    locked(Participant, author.id)  # two devices of one person take turns
    written = db.session.scalar(
        select(func.count()).where(
            Concern.poll_id == poll.id,
            Concern.participant_id == author.id,
            Concern.withdrawn_at.is_(None),
        )
    )
    if (written or 0) >= poll.most_per_person:
        raise Conflict(
            _l(
                "You have voiced %(most)d concerns, that is the most in this poll. "
                "You can edit them.",
                most=poll.most_per_person,
            )
        )


def edit_concern(concern: Concern, author: Participant, text: str) -> None:
    """Say it differently; until the poll is closed."""
    concern.poll.require_open()
    _hold(concern)
    concern.text = checked(text, LONGEST_CONCERN)
    concern.edited_at = now()
    _announce_concern(concern, author)
    follow_on_screen(concern.poll.event, "concern", concern)


def withdraw_concern(concern: Concern, author: Participant) -> None:
    """Take a concern back; where others support it, it stays theirs, without the author."""
    concern.poll.require_open()
    _hold(concern)
    remove_author(concern)
    _announce_concern(concern, author)


def _hold(concern: Concern, *, shared: bool = False) -> None:
    """Keep the concern as it is until the transaction ends; raises `NotFound` if withdrawn."""
    if locked(Concern, concern.id, shared=shared).withdrawn_at is not None:
        raise NotFound


def remove_author(concern: Concern) -> None:
    """Take the author away, and the concern with them unless others support it."""
    supporters = db.session.scalar(
        select(func.count()).where(ConcernSupport.concern_id == concern.id)
    )
    if supporters:
        concern.participant_id = None
    else:
        concern.withdrawn_at = now()
        follow_on_screen(concern.poll.event, "concern", concern, gone=True)


def _announce_concern(concern: Concern, author: Participant) -> None:
    db.session.flush()
    announce(ConcernWritten(concern.poll_id, concern.id), concern.poll.event.channel)
    announce(OwnConcernsChanged(concern.poll_id, author.id), author.channel)


def support(concern: Concern, person: Participant, wanted: bool) -> None:
    """Say *me too*, or take it back; saying it twice is saying it once."""
    concern.poll.require_unfrozen()
    _hold(concern, shared=True)
    if concern.participant_id == person.id:
        raise Conflict(_l("This is your own concern, it counts already."))
    if set_row(ConcernSupport(concern_id=concern.id, participant_id=person.id), wanted):
        announce(ConcernSupported(concern.poll_id, concern.id), concern.poll.event.channel)
        announce(OwnConcernsChanged(concern.poll_id, person.id), person.channel)
