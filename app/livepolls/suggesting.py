"""Suggested groups of similar concerns, computed beside the event loop and put beside the board."""

from collections.abc import Sequence

from sqlalchemy import select

from app import clockwork
from app.database import locked, transaction
from app.extensions import db
from app.livepolls import actions
from app.livepolls.grouping import Anchor, Concern, Group, group
from app.livepolls.models import Aspect, FlashPoll, Suggestion
from app.livepolls.models import Concern as StoredConcern
from app.livepolls.queries import aspect_cards, cards, loose_cards, voices
from app.offload import run_aside


@clockwork.every(0.5)
def suggest_where_wanted() -> None:
    """Compute the suggestions that somebody asked for."""
    wanted = db.session.scalars(select(FlashPoll.id).where(FlashPoll.suggestions_wanted)).all()
    for poll_id in wanted:
        suggest(poll_id)


def suggest(poll_id: int) -> None:
    """Group what is unsorted in a poll; what moderators have placed stays as it is."""
    poll = db.session.get_one(FlashPoll, poll_id)
    wanted = poll.suggestions_wanted
    question, language = poll.question, poll.event.language
    concerns, anchors = _input(poll)
    db.session.rollback()  # nothing is held while it computes
    grouping = run_aside(group, question, concerns, lang=language, anchors=anchors)
    with transaction():
        poll = locked(FlashPoll, poll_id)
        if wanted and not poll.suggestions_wanted:
            return  # another process was faster, and moderators are sorting already
        actions.replace_suggestions(poll, _suggestions(poll, grouping.groups))


def _input(poll: FlashPoll) -> tuple[list[Concern], list[Anchor]]:
    shown = cards(
        StoredConcern.poll_id == poll.id,
        StoredConcern.withdrawn_at.is_(None),
        StoredConcern.hidden_at.is_(None),
    )
    people = voices(poll)
    concerns = [
        Concern(
            id=str(card.concern.id),
            text=card.concern.text,
            by=str(card.concern.participant_id) if card.concern.participant_id else None,
            supporters=tuple(
                str(p)
                for p in sorted(people.get(card.concern.id, ()))
                if p != card.concern.participant_id
            ),
        )
        for card in shown
    ]
    anchors = [
        Anchor(card.aspect.title, tuple(str(c.concern.id) for c in card.cards))
        for card in aspect_cards(poll, shown)
        if card.cards
    ]
    return concerns, anchors


def _suggestions(poll: FlashPoll, groups: Sequence[Group]) -> list[Suggestion]:
    loose = {card.concern.id for card in loose_cards(cards(StoredConcern.poll_id == poll.id))}
    aspect_of = {c.id: a for a in poll.aspects for c in a.concerns}
    suggestions = []
    for found in groups:
        ids = [int(id) for id in found.concerns]
        new = [id for id in ids if id in loose]
        aspect: Aspect | None = next((aspect_of[id] for id in ids if id in aspect_of), None)
        if len(new) > (0 if aspect else 1):
            suggestions.append(
                Suggestion(
                    poll_id=poll.id,
                    aspect_id=aspect.id if aspect else None,
                    title=aspect.title if aspect else actions.checked_title(found.title),
                    certainty=found.certainty,
                    concern_ids=new,
                )
            )
    return suggestions
