"""Making two concerns of one that holds two, and one of the two again."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import now
from app.errors import Conflict, Invalid, NotFound
from app.events.cards import follow_on_screen
from app.events.models import Participant
from app.extensions import db
from app.livepolls.board.actions.parting import collect, share
from app.livepolls.board.actions.placing import put, separate
from app.livepolls.board.models import Gesture, Separation
from app.livepolls.board.recording import gesture
from app.livepolls.facts import SupportsShared
from app.livepolls.models import LONGEST_CONCERN, Aspect, Concern, FlashPoll
from app.livepolls.splits import ConcernSplit, family_of
from app.livepolls.telling import tell_author, tell_figures, tell_written
from app.livepolls.vectors import forget_vectors
from app.livepolls.wordings import reword, says_the_same
from app.outbox import announce
from app.submissions import checked, new_key


def split_concern(
    concern: Concern,
    first_text: str,
    second_text: str,
    into: Aspect | None = None,
    by: Participant | None = None,
) -> Concern:
    """Make two concerns of one; returns the second, which goes into an aspect, or is to be sorted.

    The first keeps its row and its place. Both are held with their poll.
    """
    poll, texts = concern.poll, _checked(concern, first_text, second_text)
    _require_splittable(concern)
    with gesture(poll, Gesture.SPLIT, by):
        split = _split(concern, *texts)
        _part(split)
        if into is not None:
            put([split.second], into)
    return split.second


def _checked(concern: Concern, *texts: str) -> Sequence[str]:
    """Two parts, neither of which says the same as the other or the whole; or raises `Invalid`."""
    first, second = (checked(text, LONGEST_CONCERN) for text in texts)
    pairs = ((first, second), (first, concern.text), (second, concern.text))
    if any(says_the_same(one, other) for one, other in pairs):
        raise Invalid(_l("Leave one of the two concerns in each field."))
    return first, second


def _require_splittable(concern: Concern) -> None:
    """What is hidden, or waits to be read once more, keeps those who support other words of it."""
    if concern.withdrawn_at is not None:
        raise NotFound
    if concern.is_hidden and not concern.is_unseen:
        raise Conflict(_l("This is hidden. Show it again before you split it."))


def _split(concern: Concern, first_text: str, second_text: str) -> ConcernSplit:
    roots = {each.root_id for each in family_of(concern.id) if not each.is_undone}
    second = _second_of(concern, second_text)
    db.session.add(second)
    db.session.flush()
    split = ConcernSplit(
        first=concern,
        second=second,
        second_id=second.id,
        first_id=concern.id,
        root_id=next(iter(roots), concern.id),
        text=concern.text,
        first_text=first_text,
        second_text=second_text,
    )
    db.session.add(split)
    separate([(second.id, at) for at in _kept_out_of(concern)])
    return split


def _second_of(concern: Concern, text: str) -> Concern:
    """A concern of the same person, said at the same moment, and as far to be seen."""
    poll = concern.poll
    return Concern(
        poll_id=poll.id,
        poll=poll,
        participant_id=concern.participant_id,
        key=new_key(),
        text=text,
        submitted_text=text,
        created_at=concern.created_at,
        shown_again_at=now() if poll.is_frozen else concern.shown_again_at,
        is_named=concern.is_named,
        is_unseen=concern.is_unseen,
        hidden_at=concern.hidden_at,
        waits_since=concern.waits_since,
        off_topic_at=concern.off_topic_at,
        off_topic_reason=concern.off_topic_reason,
    )


def _kept_out_of(concern: Concern) -> Sequence[int]:
    """The aspects that it was taken out of: no part of it belongs there."""
    query = select(Separation.aspect_id).where(Separation.concern_id == concern.id)
    return db.session.scalars(query).all()


def _part(split: ConcernSplit) -> None:
    """Let each of the two say its part, with all who support it."""
    first, second = split.first, split.second
    reword(first, split.first_text)
    second.text, second.edited_at = split.second_text, now()
    db.session.flush()
    share(first, second)
    _tell(split)


def put_together(split: ConcernSplit) -> None:
    """Let the first part say the whole again; the second is no more."""
    first, second = split.first, split.second
    split.is_undone = True
    reword(first, split.text)
    collect(split)
    second.withdrawn_at, second.aspect_id = now(), None
    forget_vectors(second.id)
    follow_on_screen(second.poll.event, "concern", second, gone=True)
    _tell(split)


def split_again(split: ConcernSplit, aspect_id: int | None) -> None:
    """Part once more what was put together, with what has been said of the whole meanwhile."""
    first, second = split.first, split.second
    poll = first.poll
    split.is_undone = False
    second.withdrawn_at, second.aspect_id = None, aspect_id
    second.hidden_at, second.waits_since = first.hidden_at, first.waits_since
    second.is_unseen = first.is_unseen
    if poll.is_frozen:
        second.shown_again_at = now()
    _part(split)


def _tell(split: ConcernSplit) -> None:
    """Pages show the two; suggestions are made anew, if there were any."""
    poll: FlashPoll = split.first.poll
    for concern in (split.first, split.second):
        tell_written(concern)
    tell_figures(split.first)
    tell_author(split.first)
    both = [split.first_id, split.second_id]
    announce(SupportsShared(poll.id, both), poll.event.channel)
    follow_on_screen(poll.event, "concern", split.first)
    if poll.is_frozen or poll.suggested_at is not None:
        poll.suggestions_wanted = True
