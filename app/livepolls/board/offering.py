"""From groups to suggestions: what moderators have bound counts, what they dismissed is gone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.livepolls.board.actions.placing import checked_title
from app.livepolls.board.models import BoardAction, Gesture, Separation, Suggestion
from app.livepolls.grouping import Group, Grouping
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.queries import AspectCard

Pair = tuple[str, str]


def apart(poll: FlashPoll, aspects: Sequence[AspectCard]) -> list[Pair]:
    """What was taken out of an aspect is kept apart from one of its concerns, and so from all."""
    member = {card.aspect.id: card.cards[0].concern.id for card in aspects if card.cards}
    inside = {c.concern.id: card.aspect.id for card in aspects for c in card.cards}
    rows = db.session.execute(
        select(Separation.concern_id, Separation.aspect_id)
        .join(Concern, Concern.id == Separation.concern_id)
        .where(Concern.poll_id == poll.id, Concern.shown(), Concern.off_topic_at.is_(None))
        .order_by(Separation.concern_id, Separation.aspect_id)
    )
    return [(str(id), str(member[at])) for id, at in rows if at in member and inside.get(id) != at]


UNSURE = 0.55
"""Concerns of less certainty are marked: every second of them stands wrong."""


def suggestions_from(poll: FlashPoll, grouping: Grouping) -> list[Suggestion]:
    """What the groups suggest for concerns that nobody has sorted yet."""
    concerns = {
        concern.id: concern
        for concern in db.session.scalars(select(Concern).where(Concern.poll_id == poll.id))
    }
    aspects = {aspect.id: aspect for aspect in poll.aspects}
    dismissed = _dismissed(poll)
    made = [_suggestion(poll, found, concerns, aspects) for found in grouping.groups]
    titles = {int(g.concerns[0]): s.title for g, s in zip(grouping.groups, made, strict=True)}
    for found, suggestion in zip(grouping.groups, made, strict=True):
        suggestion.by_meaning = grouping.by_meaning
        suggestion.near = _near(found, suggestion, titles)
    return [each for each in made if _is_worth_it(poll, each, dismissed)]


def _suggestion(
    poll: FlashPoll,
    found: Group,
    concerns: Mapping[int, Concern],
    aspects: Mapping[int, Aspect],
) -> Suggestion:
    members = [concerns[int(id)] for id in found.concerns if int(id) in concerns]
    waiting = [c.id for c in members if c.is_unsorted and (not poll.is_frozen or c.is_late(poll))]
    aspect = next((aspects[c.aspect_id] for c in members if c.aspect_id is not None), None)
    return Suggestion(
        poll_id=poll.id,
        aspect_id=aspect.id if aspect else None,
        title=aspect.title if aspect else checked_title(found.title),
        certainty=found.certainty,
        keywords=", ".join(found.keywords),
        concern_ids=waiting,
        unsure_ids=_unsure(found, waiting),
    )


def _unsure(found: Group, waiting: Sequence[int]) -> list[int]:
    certainty = dict(zip(map(int, found.concerns), found.certainties, strict=True))
    return [id for id in waiting if certainty[id] < UNSURE]


def _near(found: Group, suggestion: Suggestion, titles: Mapping[int, str]) -> dict[str, Any]:
    """Where those would stand otherwise that are uncertain, or that hold two concerns.

    By the concern's id: a concern of that group, what the group is called, and which it is.
    """
    nearest = dict(zip(map(int, found.concerns), found.nearest, strict=True))
    doubles = {int(id) for id in found.doubles}
    told = doubles.union(suggestion.unsure_ids).intersection(suggestion.concern_ids)
    heads = {id: int(head) for id in sorted(told) if (head := nearest[id]) is not None}
    return {
        str(id): {"concern": head, "title": titles[head], "double": id in doubles}
        for id, head in heads.items()
    }


def _is_worth_it(poll: FlashPoll, suggestion: Suggestion, dismissed: Sequence[set[int]]) -> bool:
    ids = set(suggestion.concern_ids)
    if len(ids) < suggestion.fewest or (poll.is_frozen and suggestion.aspect_id is None):
        return False
    return suggestion.aspect_id is not None or not any(ids <= before for before in dismissed)


def _dismissed(poll: FlashPoll) -> list[set[int]]:
    """The groups that somebody has said are none."""
    changes = db.session.scalars(
        select(BoardAction.changes).where(
            BoardAction.poll_id == poll.id,
            BoardAction.kind == Gesture.DISMISS,
            BoardAction.undone_at.is_(None),
        )
    )
    pairs = [pair for each in changes for pair in each.get("suggestions", {}).values()]
    return [set(before["concerns"]) for before, _after in pairs if before]
