"""Reads of what was carried over, from the event's side and from the thread's."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app.carryover.models import CarriedPiece, CarriedThread, PieceKind, SourceKind
from app.events.models import Event
from app.extensions import db
from app.forums.models import Forum, Thread
from app.forums.permissions import threads_readable_by
from app.permissions import MEMBERS, SpaceRole
from app.spaces.models import Membership, Space

CONTRIBUTIONS = ("experience", "concern", "impulse")


@dataclass(frozen=True)
class Origin:
    """Where a thread comes from: what is still there of it, kind by kind."""

    carried: CarriedThread
    pieces: Sequence[CarriedPiece]

    def of(self, kind: str) -> list[CarriedPiece]:
        """The pieces of a kind."""
        return [piece for piece in self.pieces if piece.kind == kind]

    @property
    def report(self) -> list[CarriedPiece]:
        """What rooms handed in."""
        parts = (PieceKind.DISCUSSED, PieceKind.REQUEST, PieceKind.IDEAS)
        return [piece for piece in self.pieces if piece.kind in parts]

    def comments_on(self, proposal: CarriedPiece) -> list[CarriedPiece]:
        """The comments on a proposal; with it they vanish."""
        return [c for c in self.of(PieceKind.COMMENT) if c.under_id == proposal.source_id]

    @property
    def comments(self) -> int:
        """How many comments are to be read."""
        return sum(len(self.comments_on(each)) for each in self.of(PieceKind.PROPOSAL))

    @property
    def contributions(self) -> list[tuple[str, list[CarriedPiece]]]:
        """The contributions by their kind: experiences, concerns, impulses."""
        written = sorted(
            self.of(PieceKind.CONTRIBUTION), key=lambda piece: CONTRIBUTIONS.index(piece.label)
        )
        return [(label, list(group)) for label, group in groupby(written, lambda p: p.label)]


@dataclass(frozen=True)
class Place:
    """Where threads can be carried to: a forum, or a new one in a space."""

    space: Space
    forum: Forum | None

    @property
    def value(self) -> str:
        """What the form sends for it."""
        return f"forum-{self.forum.id}" if self.forum else f"new-{self.space.id}"


def origins(thread_ids: Sequence[int]) -> dict[int, list[Origin]]:
    """What these threads were carried over from; most from nothing."""
    carried = db.session.scalars(
        select(CarriedThread)
        .options(joinedload(CarriedThread.event))
        .where(CarriedThread.thread_id.in_(thread_ids))
        .order_by(CarriedThread.id)
    ).all()
    if not carried:
        return {}
    pieces = _pieces([each.id for each in carried])
    found: dict[int, list[Origin]] = {}
    for each in carried:
        own = [piece for piece in pieces if piece.carried_id == each.id]
        found.setdefault(each.thread_id, []).append(Origin(each, own))
    return found


def was_carried(thread_id: int) -> bool:
    """Whether a thread was carried over from an event."""
    query = select(CarriedThread.id).where(CarriedThread.thread_id == thread_id).limit(1)
    return db.session.scalar(query) is not None


def _pieces(carried_ids: Sequence[int]) -> Sequence[CarriedPiece]:
    return db.session.scalars(
        select(CarriedPiece)
        .options(joinedload(CarriedPiece.author))
        .where(CarriedPiece.carried_id.in_(carried_ids), CarriedPiece.gone_at.is_(None))
        .order_by(CarriedPiece.position, CarriedPiece.id)
    ).all()


def carried_in(forum: Forum, kind: SourceKind, source_id: int) -> CarriedThread | None:
    """What a forum already has of this aspect or room, also where the thread was moved to it."""
    return db.session.scalar(
        select(CarriedThread)
        .join(Thread, Thread.id == CarriedThread.thread_id)
        .where(
            CarriedThread.kind == kind,
            CarriedThread.source_id == source_id,
            or_(CarriedThread.forum_id == forum.id, Thread.forum_id == forum.id),
        )
        .order_by(CarriedThread.id)
        .limit(1)
    )


def threads_from(event_id: int, account_id: int | None) -> dict[tuple[str, int], list[Thread]]:
    """In which threads the aspects and rooms of an event go on, as far as this account reads."""
    if account_id is None:
        return {}
    rows = db.session.execute(
        select(CarriedThread.kind, CarriedThread.source_id, Thread)
        .join(Thread, Thread.id == CarriedThread.thread_id)
        .where(CarriedThread.event_id == event_id, threads_readable_by(account_id))
        .order_by(Thread.id)
    )
    found: dict[tuple[str, int], list[Thread]] = {}
    for kind, source_id, thread in rows:
        found.setdefault((kind.value, source_id), []).append(thread)
    return found


def places_for(account_id: int) -> list[Place]:
    """Where this account may write: the forums of its spaces, and new ones where it coordinates."""
    rows = db.session.execute(
        select(Space, Membership.role)
        .join(Membership, Membership.space_id == Space.id)
        .where(
            Membership.account_id == account_id,
            Membership.role.in_(MEMBERS),
            Space.archived_at.is_(None),
        )
        .order_by(Space.id)
    ).all()
    forums = _forums([space.id for space, _role in rows])
    places = []
    for space, role in rows:
        places += [Place(space, forum) for forum in forums if forum.space_id == space.id]
        if role == SpaceRole.COORDINATOR:
            places.append(Place(space, None))
    return places


def _forums(space_ids: Sequence[int]) -> Sequence[Forum]:
    return db.session.scalars(
        select(Forum)
        .where(Forum.space_id.in_(space_ids), Forum.archived_at.is_(None))
        .order_by(Forum.position, Forum.id)
    ).all()


def usual_place(event: Event, places: Sequence[Place]) -> Place | None:
    """Where an event is carried to unless told: the forum it went to before, or in its space."""
    used = set(
        db.session.scalars(select(CarriedThread.forum_id).where(CarriedThread.event_id == event.id))
    )
    before = [place for place in places if place.forum and place.forum.id in used]
    at_home = [place for place in places if place.space.id == event.space_id]
    fresh = [place for place in at_home if place.forum is None]
    return next(iter([*before, *fresh, *at_home]), None)
