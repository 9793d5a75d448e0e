"""What people do in a flash poll; each runs inside a transaction, and announces what it did."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update

from app.database import locked, now, set_row
from app.errors import Conflict, Invalid, NotFound
from app.events.cards import follow_on_screen
from app.events.facts import CockpitChanged, StepChanged
from app.events.models import Participant
from app.extensions import db
from app.livepolls.facts import (
    AspectEmptied,
    AspectsChosen,
    AspectsMerged,
    ConcernSupported,
    ConcernWritten,
    OwnConcernsChanged,
)
from app.livepolls.models import (
    LONGEST_CONCERN,
    PROPOSED_ASPECTS,
    Aspect,
    Concern,
    ConcernSupport,
    FlashPoll,
    Suggestion,
)
from app.livepolls.queries import board
from app.outbox import announce
from app.submissions import checked, submit_once


def open_poll(poll: FlashPoll) -> None:
    """Take concerns, for the first time or again."""
    if not poll.is_open:
        poll.open()
        _announce_step(poll)


def close_poll(poll: FlashPoll) -> None:
    """Take no more concerns."""
    if poll.is_open:
        poll.close()
        _announce_step(poll)


def _announce_step(poll: FlashPoll) -> None:
    announce(StepChanged(poll.event_id, poll.item_id), poll.event.channel)


def write_concern(
    poll: FlashPoll, author: Participant, text: str, key: str
) -> tuple[Concern, bool]:
    """Voice a concern; returns it, and whether it is new. The poll's row is held (shared)."""
    tidy = checked(text, LONGEST_CONCERN)
    earlier = db.session.scalar(
        select(Concern).where(Concern.participant_id == author.id, Concern.key == key)
    )
    if earlier is None or not key:
        poll.require_open()
        _require_room_for_more(poll, author)
    concern, is_new = submit_once(
        Concern,
        author.id,
        key,
        tidy,
        lambda sure_key: Concern(
            poll_id=poll.id,
            poll=poll,
            participant_id=author.id,
            key=sure_key,
            text=tidy,
            submitted_text=tidy,
        ),
    )
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


def want_suggestions(poll: FlashPoll) -> None:
    """Ask for new suggestions, which come in the background."""
    poll.suggestions_wanted = True


def replace_suggestions(poll: FlashPoll, suggestions: Sequence[Suggestion]) -> None:
    """Put new suggestions beside the board in place of the old ones."""
    db.session.execute(delete(Suggestion).where(Suggestion.poll_id == poll.id))
    db.session.add_all(suggestions)
    poll.suggestions_wanted = False
    _announce_board(poll)


def dismiss_suggestion(suggestion: Suggestion) -> None:
    """Take a suggestion away; nothing else changes."""
    db.session.delete(suggestion)
    _announce_board(suggestion.poll)


def accept_suggestion(suggestion: Suggestion) -> None:
    """Make an aspect of what is still unsorted of a suggestion, or add it to its aspect."""
    poll = suggestion.poll
    poll.require_unfrozen()
    aspect = db.session.get(Aspect, suggestion.aspect_id) if suggestion.aspect_id else None
    if aspect is None:
        aspect = _new_aspect(poll, suggestion.title)
    db.session.execute(
        update(Concern)
        .where(
            Concern.id.in_(suggestion.concern_ids),
            Concern.aspect_id.is_(None),
            Concern.hidden_at.is_(None),
            Concern.withdrawn_at.is_(None),
        )
        .values(aspect_id=aspect.id)
    )
    db.session.delete(suggestion)
    _announce_board(poll)


def accept_all(poll: FlashPoll) -> None:
    """Accept every suggestion that is beside the board."""
    for card in board(poll).suggestions:
        accept_suggestion(card.suggestion)


def create_aspect(poll: FlashPoll, title: str, concern_ids: Sequence[int]) -> Aspect:
    """A new aspect of these concerns, taken from wherever they were: also the way to split."""
    poll.require_unfrozen()
    concerns = _concerns_of(poll, concern_ids)
    if not concerns:
        raise Invalid
    aspect = _new_aspect(poll, title or concerns[0].text)
    for concern in concerns:
        concern.aspect_id = aspect.id
    _drop_empty(poll)
    _announce_board(poll)
    return aspect


def _new_aspect(poll: FlashPoll, title: str) -> Aspect:
    aspect = Aspect(poll_id=poll.id, poll=poll, title=checked_title(title))
    db.session.add(aspect)
    db.session.flush()
    return aspect


def checked_title(title: str) -> str:
    """A title of an aspect, shortened at a word if it is long; raises `Invalid`."""
    tidy = " ".join(title.split())
    if not tidy:
        raise Invalid(_l("Please name the aspect."))
    return tidy if len(tidy) <= 120 else tidy[:119].rsplit(" ", 1)[0] + "…"


def move_concern(poll: FlashPoll, concern_id: int, aspect: Aspect | None) -> None:
    """Put a concern into an aspect, or into none."""
    poll.require_unfrozen()
    for concern in _concerns_of(poll, [concern_id]):
        concern.aspect_id = aspect.id if aspect else None
    _drop_empty(poll)
    _announce_board(poll)


def rename_aspect(aspect: Aspect, title: str) -> None:
    """Give an aspect another title."""
    aspect.title = checked_title(title)
    _announce_board(aspect.poll)
    follow_on_screen(aspect.poll.event, "aspect", aspect)
    if aspect.poll.is_frozen:
        _announce_step(aspect.poll)


def merge_aspects(kept: Aspect, other: Aspect) -> None:
    """Put all concerns of another aspect into this one."""
    kept.poll.require_unfrozen()
    if kept.poll_id != other.poll_id or kept.id == other.id:
        raise Invalid
    db.session.execute(
        update(Concern).where(Concern.aspect_id == other.id).values(aspect_id=kept.id)
    )
    announce(AspectsMerged(kept.id, other.id))
    _drop_empty(kept.poll)
    _announce_board(kept.poll)


def dissolve_aspect(aspect: Aspect) -> None:
    """Set the concerns of an aspect free."""
    aspect.poll.require_unfrozen()
    db.session.execute(update(Concern).where(Concern.aspect_id == aspect.id).values(aspect_id=None))
    _drop_empty(aspect.poll)
    _announce_board(aspect.poll)


def _drop_empty(poll: FlashPoll) -> None:
    """An aspect without concerns means nothing."""
    db.session.flush()
    concerns = select(Concern.id).where(Concern.aspect_id == Aspect.id)
    empty = db.session.scalars(
        select(Aspect).where(Aspect.poll_id == poll.id, ~concerns.exists())
    ).all()
    for aspect in empty:
        announce(AspectEmptied(aspect.id))
        follow_on_screen(poll.event, "aspect", aspect, gone=True)
    db.session.execute(delete(Aspect).where(Aspect.id.in_([aspect.id for aspect in empty])))
    db.session.expire(poll, ["aspects"])


def _concerns_of(poll: FlashPoll, ids: Sequence[int]) -> Sequence[Concern]:
    return db.session.scalars(
        select(Concern)
        .where(Concern.poll_id == poll.id, Concern.id.in_(ids))
        .order_by(Concern.id)
        .execution_options(populate_existing=True)
    ).all()


def choose_aspects(poll: FlashPoll, aspect_ids: Sequence[int]) -> None:
    """Freeze the aspects: these become topics, or the six most voiced if none are named."""
    if poll.is_open:
        raise Conflict(_l("Close the flash poll first."))
    poll.require_unfrozen()
    ranked = [card.aspect for card in board(poll).aspects]
    chosen = [a for a in ranked if a.id in aspect_ids] or ranked[:PROPOSED_ASPECTS]
    if not chosen:
        raise Conflict(_l("There is no aspect yet. Accept a suggestion or make one."))
    for position, aspect in enumerate(chosen, 1):
        aspect.chosen, aspect.position = True, position
    poll.frozen_at = now()
    announce(AspectsChosen(poll.id), poll.event.channel)
    _announce_step(poll)


def unfreeze(poll: FlashPoll) -> None:
    """Take the choice back, to go on sorting."""
    locked(FlashPoll, poll.id)
    poll.frozen_at = None
    for aspect in poll.aspects:
        aspect.chosen, aspect.position = False, 0
    _announce_step(poll)


def _announce_board(poll: FlashPoll) -> None:
    db.session.flush()
    db.session.expire(poll, ["aspects"])
    announce(CockpitChanged(poll.event_id), poll.event.channel)
