"""Carrying over: threads that begin with what was said in an event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.carryover import queries
from app.carryover.facts import OriginChanged
from app.carryover.models import CarriedPiece, CarriedThread, PieceKind
from app.carryover.sources import Find, Source, hold
from app.events.models import Event
from app.extensions import db
from app.forums.actions import create_forum, open_thread, write_post
from app.forums.models import Forum, Thread
from app.outbox import announce
from app.richtext import RichText
from app.spaces.models import Member, Space


@dataclass(frozen=True)
class CarriedOver:
    """What came of it: threads that are new, and threads that have more in them now."""

    new: Sequence[Thread]
    grown: Sequence[Thread]


def forum_named(event: Event, space: Space, title: str) -> Forum:
    """A new forum for what came out of an event, or the one that was made for it before."""
    used = select(CarriedThread.forum_id).where(CarriedThread.event_id == event.id)
    made = db.session.scalar(
        select(Forum).where(
            Forum.id.in_(used),
            Forum.space_id == space.id,
            Forum.title == title,
            Forum.archived_at.is_(None),
        )
    )
    return made or create_forum(space, title)


def carry_over(
    event: Event, forum: Forum, author: Member, sources: Sequence[Source], words: RichText | None
) -> CarriedOver:
    """Let these aspects and rooms go on as threads; the forum's row is held.

    What was carried over before stays as it is; what was said since then comes to it.
    """
    hold(sources)
    new, grown = [], []
    for source in sources:
        carried = queries.carried_in(forum, source.kind, source.id)
        if carried is None:
            carried = _begin(event, forum, author, source, words)
            new.append(carried.thread)
            _add_pieces(carried, source.finds)
        elif _add_pieces(carried, source.finds):
            grown.append(carried.thread)
    return CarriedOver(new, grown)


def _begin(
    event: Event, forum: Forum, author: Member, source: Source, words: RichText | None
) -> CarriedThread:
    thread = open_thread(forum, source.title, account_id=author.account_id)
    carried = CarriedThread(
        thread_id=thread.id,
        thread=thread,
        forum_id=forum.id,
        event_id=event.id,
        kind=source.kind,
        source_id=source.id,
        title=source.title,
        voices=source.voices,
    )
    db.session.add(carried)
    if words is not None:
        write_post(thread, author, words, f"carried {source.kind} {source.id} {thread.id}")
    db.session.flush()
    return carried


def _add_pieces(carried: CarriedThread, finds: Iterable[Find]) -> int:
    """Add what is not there yet; returns how much that is."""
    rows = db.session.execute(
        select(CarriedPiece.kind, CarriedPiece.source_id).where(
            CarriedPiece.carried_id == carried.id
        )
    )
    known = {(kind, source_id) for kind, source_id in rows}
    last = db.session.scalar(
        select(func.max(CarriedPiece.position)).where(CarriedPiece.carried_id == carried.id)
    )
    fresh = [find for find in finds if find.key not in known and not find.is_gone]
    db.session.add_all(
        _piece(carried, find, position) for position, find in enumerate(fresh, (last or 0) + 1)
    )
    db.session.flush()
    if fresh:
        announce(OriginChanged(carried.thread_id), carried.thread.channel)
    return len(fresh)


def _piece(carried: CarriedThread, find: Find, position: int) -> CarriedPiece:
    """A copy of the words; in the hall concerns stand without names, so here, too."""
    signed = find.kind != PieceKind.CONCERN
    return CarriedPiece(
        carried_id=carried.id,
        kind=find.kind,
        source_id=find.thing.id,
        under_id=find.under_id,
        label=find.thing.kind.value if find.kind == PieceKind.CONTRIBUTION else "",
        voices=find.voices,
        participant_id=getattr(find.thing, "participant_id", None) if signed else None,
        position=position,
        **find.words(),
    )
