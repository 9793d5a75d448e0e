"""Voicing a concern, changing it, and saying *me too*."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _n
from sqlalchemy import exists, func, select

from app.database import hold, locked, now, set_row
from app.errors import Conflict, NotFound
from app.events.cards import follow_on_screen
from app.events.models import Participant
from app.extensions import db
from app.livepolls.board.actions import is_read_first, wait_again
from app.livepolls.facts import (
    AuthorLeaves,
    ConcernSupported,
    OwnConcernsChanged,
    OwnSupportsChanged,
)
from app.livepolls.models import (
    LONGEST_CONCERN,
    Concern,
    ConcernSupport,
    FlashPoll,
)
from app.livepolls.splits import ConcernSplit, take_back
from app.livepolls.telling import tell_figures, tell_supporters, tell_taken_back, tell_written
from app.livepolls.vectors import forget_vectors
from app.livepolls.wordings import (
    forget_unread,
    forget_wordings,
    leave_to_supporters,
    reword,
    supported_text,
)
from app.outbox import announce
from app.submissions import checked, new_key, submitted


def write_concern(
    poll: FlashPoll, author: Participant, text: str, key: str, *, named: bool = False
) -> tuple[Concern, bool]:
    """Voice a concern; returns it, and whether it is new. The poll's row is held (shared).

    It is `named` where its author was told so: a poll may have become a named one meanwhile.
    """
    tidy = checked(text, LONGEST_CONCERN)
    hold(author)  # two devices of one person take turns: what one sends twice is seen by the second
    earlier = submitted(Concern, author, key, tidy) if key else None
    if earlier is not None:
        return earlier, False
    poll.require_open()
    _require_room_for_more(poll, author)
    concern = Concern(
        poll_id=poll.id,
        poll=poll,
        participant_id=author.id,
        key=key or new_key(),
        text=tidy,
        submitted_text=tidy,
        is_named=poll.is_named and named,
        is_unseen=is_read_first(poll, author),
    )
    if concern.is_unseen:
        concern.wait()
    db.session.add(concern)
    _announce_concern(concern, author)
    return concern, True


def _require_room_for_more(poll: FlashPoll, author: Participant) -> None:
    written = db.session.scalar(
        select(func.count()).where(
            Concern.poll_id == poll.id,
            Concern.participant_id == author.id,
            Concern.withdrawn_at.is_(None),
            ~exists().where(ConcernSplit.second_id == Concern.id),  # which they sent as one
        )
    )
    if (written or 0) >= poll.most_per_person:
        raise Conflict(
            _n(
                "You have voiced a concern, more are not asked for in this poll. You can edit it.",
                "You have voiced %(num)d concerns, that is the most in this poll. "
                "You can edit them.",
                poll.most_per_person,
            )
        )


def edit_concern(concern: Concern, author: Participant, text: str) -> None:
    """Say it differently; until the poll is closed."""
    concern.poll.require_open()
    _hold(concern)
    tidy = checked(text, LONGEST_CONCERN)
    tell_supporters(concern, forget_unread(concern, tidy))
    if tidy != concern.text and is_read_first(concern.poll, author):
        wait_again(concern)
    if tidy != concern.text:
        _tell_others(concern)
    reword(concern, tidy)
    tell_figures(concern)
    _announce_concern(concern, author)
    follow_on_screen(concern.poll.event, "concern", concern)


def _tell_others(concern: Concern, *, gone: bool = False) -> None:
    """What it was split from is told no more: its author may have had a reason."""
    for other in take_back(concern, gone=gone):
        tell_written(other)
        if gone:
            tell_taken_back(other)


def withdraw_concern(concern: Concern, author: Participant) -> None:
    """Take a concern back; where others support it, it stays theirs, without the author."""
    concern.poll.require_open()
    _hold(concern)
    remove_author(concern)
    _announce_concern(concern, author)


def _hold(concern: Concern) -> None:
    """Keep the concern as it is until the transaction ends; raises `NotFound` if withdrawn."""
    if locked(Concern, concern.id).withdrawn_at is not None:
        raise NotFound


def remove_author(concern: Concern) -> None:
    """Take the author away, and the concern with them unless others support it."""
    supporters = db.session.scalar(
        select(func.count()).where(ConcernSupport.concern_id == concern.id)
    )
    if supporters:
        concern.participant_id = None
        _leave_to_supporters(concern)
    else:
        concern.withdrawn_at = now()
        forget_wordings(concern)
        forget_vectors(concern.id)
        follow_on_screen(concern.poll.event, "concern", concern, gone=True)
    _tell_others(concern, gone=True)
    tell_figures(concern)


def _leave_to_supporters(concern: Concern) -> None:
    said, stays = concern.text, supported_text(concern)
    if stays != said:
        announce(AuthorLeaves(concern.poll_id, concern.id))
    leave_to_supporters(concern, stays)
    if stays != said:
        _take_words_back(concern)


def _take_words_back(concern: Concern) -> None:
    """It says again what others support; that was published before, and not taken off since."""
    if concern.is_waiting:
        concern.hidden_at = concern.waits_since = None
    forget_vectors(concern.id)
    tell_taken_back(concern)
    follow_on_screen(concern.poll.event, "concern", concern)


def _announce_concern(concern: Concern, author: Participant) -> None:
    tell_written(concern)
    announce(OwnConcernsChanged(concern.poll_id, author.id), author.channel)


def support(concern: Concern, person: Participant, wanted: bool) -> None:
    """Say *me too*, or take it back; saying it twice is saying it once. The concern is held."""
    concern.poll.require_supportable()
    if concern.withdrawn_at is not None or (concern.is_hidden and wanted):
        raise NotFound
    if concern.participant_id == person.id:
        raise Conflict(_l("This is your own concern, it counts already."))
    if set_row(ConcernSupport(concern_id=concern.id, participant_id=person.id), wanted):
        announce(ConcernSupported(concern.poll_id, concern.id), concern.poll.event.channel)
        announce(OwnSupportsChanged(concern.poll_id, person.id), person.channel)
