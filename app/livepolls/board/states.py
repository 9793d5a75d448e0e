"""What a board looks like at a moment, as plain values, and how two such moments differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.livepolls.board import writings
from app.livepolls.board.models import Separation, Suggestion
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.splits import ConcernSplit, splits_of_poll

Values = dict[str, Any]
Things = dict[str, Values]  # by their ids, which are the keys of JSON
Changes = dict[str, Any]
PARTS = ("concerns", "aspects", "suggestions", "writings")


@dataclass(frozen=True)
class State:
    """Where everything lies."""

    concerns: Things  # aspect, off_topic and hidden (a reason or None), waits, apart, parts
    aspects: Things  # title, position, chosen
    suggestions: Things  # title, aspect, certainty, keywords, concerns, unsure, near, by_meaning
    writings: Things  # of others, by kind and id: aspect, with (what they are read with)
    frozen: str | None  # since when
    reworded: Mapping[str, datetime]  # when concerns were that moderators read first
    obstacles: Mapping[str, Any]  # why second parts of concerns cannot be put back, or split again


def snapshot(poll: FlashPoll) -> State:
    """The board as it is now."""
    db.session.flush()
    splits = splits_of_poll(poll.id)
    undone = {each.second_id for each in splits if each.is_undone}
    rows = [row for row in _concern_rows(poll.id) if row.id not in undone]
    return State(
        _concerns(poll.id, rows, splits),
        _aspects(poll.id),
        _suggestions(poll.id),
        writings.places(poll.id),
        poll.frozen_at.isoformat() if poll.frozen_at else None,
        {
            str(row.id): row.edited_at
            for row in rows
            if row.edited_at and (poll.is_moderated_before or row.waits_since)
        },
        {str(each.second_id): each.obstacle for each in splits if each.obstacle},
    )


def _concern_rows(poll_id: int) -> Sequence[Any]:
    return db.session.execute(
        select(
            Concern.id,
            Concern.aspect_id,
            Concern.off_topic_at,
            Concern.off_topic_reason,
            Concern.hidden_at,
            Concern.hidden_reason,
            Concern.waits_since,
            Concern.edited_at,
        ).where(Concern.poll_id == poll_id)
    ).all()


def _concerns(poll_id: int, rows: Sequence[Any], splits: Sequence[ConcernSplit]) -> Things:
    apart, parts = _separations(poll_id), _parts(splits)
    return {
        str(row.id): {
            "aspect": row.aspect_id,
            "off_topic": row.off_topic_reason if row.off_topic_at else None,
            "hidden": row.hidden_reason if row.hidden_at else None,
            "waits": row.waits_since is not None,
            "apart": apart[row.id],
            "parts": parts[row.id],
        }
        for row in rows
    }


def _parts(splits: Sequence[ConcernSplit]) -> defaultdict[int, list[int]]:
    """What was split off a concern and is one of its own."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for each in splits:
        if not each.is_undone:
            found[each.first_id].append(each.second_id)
    return found


def _separations(poll_id: int) -> defaultdict[int, list[int]]:
    rows = db.session.execute(
        select(Separation.concern_id, Separation.aspect_id)
        .join(Concern, Concern.id == Separation.concern_id)
        .where(Concern.poll_id == poll_id)
        .order_by(Separation.aspect_id)
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for concern_id, aspect_id in rows:
        found[concern_id].append(aspect_id)
    return found


def _aspects(poll_id: int) -> Things:
    rows = db.session.execute(
        select(Aspect.id, Aspect.title, Aspect.position, Aspect.chosen).where(
            Aspect.poll_id == poll_id
        )
    )
    return {
        str(id): {"title": title, "position": position, "chosen": chosen}
        for id, title, position, chosen in rows
    }


def _suggestions(poll_id: int) -> Things:
    rows = db.session.scalars(
        select(Suggestion).where(Suggestion.poll_id == poll_id).order_by(Suggestion.id)
    )
    return {
        str(row.id): {
            "title": row.title,
            "aspect": row.aspect_id,
            "certainty": row.certainty,
            "keywords": row.keywords,
            "concerns": row.concern_ids,
            "unsure": row.unsure_ids,
            "near": row.near,
            "by_meaning": row.by_meaning,
        }
        for row in rows
    }


def difference(before: State, after: State) -> Changes:
    """Each thing that has changed, as it was and as it is; nothing if nothing has."""
    changes: Changes = {}
    for part in PARTS:
        old, new = getattr(before, part), getattr(after, part)
        pairs = {id: [old.get(id), new.get(id)] for id in {**old, **new}}
        changed = {id: pair for id, pair in pairs.items() if pair[0] != pair[1]}
        if changed:
            changes[part] = changed
    if before.frozen != after.frozen:
        changes["frozen"] = [before.frozen, after.frozen]
    if changes:
        changes["titles"] = _titles(changes, before, after)
    return changes


def _titles(changes: Changes, before: State, after: State) -> dict[str, str]:
    """What the aspects were called that all this is about: for the log, when they are gone."""
    known = {id: aspect["title"] for id, aspect in {**before.aspects, **after.aspects}.items()}
    return {id: known[id] for id in map(str, aspects_in(changes)) if id in known}


def aspects_in(changes: Changes) -> list[int]:
    """The aspects that have changed, or whose concerns have."""
    found = {int(id) for id in changes.get("aspects", {})}
    for pair in changes.get("concerns", {}).values():
        found |= {at["aspect"] for at in pair if at and at["aspect"] is not None}
    return sorted(found)
