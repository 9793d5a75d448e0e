"""The account: what was acknowledged is there, once; and when everybody had heard of it."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.extensions import db
from app.livepolls.models import Concern, ConcernSupport
from app.outbox import OutboxEntry
from bench.load.submitting import Submission
from bench.load.world import World

Positions = dict[tuple[str, int], list[int]]  # of the facts about a concern, by their kind
VOICED, SUPPORTED = "ConcernWritten", "ConcernSupported"


def account(world: World, done: Sequence[Submission]) -> dict[str, int]:
    """How many submissions were refused, lost, doubled, or made by nobody."""
    with world.app.app_context():
        voiced = Counter(db.session.execute(select(Concern.participant_id, Concern.key)).tuples())
        columns = select(ConcernSupport.participant_id, ConcernSupport.concern_id)
        supported = Counter(db.session.execute(columns).tuples())
    good = [each for each in done if each.is_good]
    lost = [each for each in good if not _there(world, each, voiced, supported)]
    return {
        "submitted": len(done),
        "refused": len(done) - len(good),
        "lost": len(lost),
        "doubled": sum(n - 1 for n in (voiced + supported).values()),
    }


def _there(world: World, each: Submission, voiced: Any, supported: Any) -> bool:
    person = world.people[each.person]
    if each.key:
        return bool(voiced[person, each.key])
    return bool(supported[person, each.concern])


def spans(
    world: World, done: Sequence[Submission], table: Sequence[Sequence[float]], clients: int
) -> tuple[list[float], int]:
    """Milliseconds from each submission to the last of all sockets; and how many none brought.

    The table holds, for each message: server, position, clients that heard it, first and last time.
    """
    messages: dict[float, list[Sequence[float]]] = defaultdict(list)
    for row in sorted(table):
        messages[row[0]].append(row)
    places = _positions(world)
    found = [
        _span(each, places, list(messages.values()), clients)
        for each in sorted(done, key=lambda each: each.sent_at)
        if each.is_good
    ]
    good = [span for span in found if span is not None]
    return good, len(found) - len(good)


def _positions(world: World) -> Positions:
    """Where the facts stand; those of one concern and kind are taken in their order."""
    found: Positions = defaultdict(list)
    with world.app.app_context():
        entries = db.session.scalars(
            select(OutboxEntry)
            .where(OutboxEntry.channel == world.channel)
            .order_by(OutboxEntry.position)
        )
        for entry in entries:
            if "concern_id" in entry.data:
                found[entry.kind, entry.data["concern_id"]].append(entry.position)
    return found


def _span(
    each: Submission, places: Positions, servers: list[list[Sequence[float]]], clients: int
) -> float | None:
    """The last client is the one that waited longest, at whichever server."""
    waiting = places[VOICED if each.key else SUPPORTED, each.concern]
    if not waiting:
        return None
    position = waiting.pop(0)
    rows = []
    for messages in servers:
        at = bisect_left(messages, position, key=lambda row: row[1])
        if at == len(messages):
            return None
        rows.append(messages[at])
    if sum(row[2] for row in rows) != clients:
        return None
    return max(row[4] for row in rows) - each.sent_at
