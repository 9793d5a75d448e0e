"""Taking a gesture back, and doing it again: only what nobody has touched since.

What somebody else has changed meanwhile is never overwritten: `UndoConflict` says what that is,
and the rest can be turned without it.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app.database import now
from app.errors import Conflict
from app.events.cards import follow_on_screen
from app.events.models import Participant
from app.extensions import db
from app.livepolls.board import writings
from app.livepolls.board.actions.placing import concerns_of, drop_empty, require_sortable, separate
from app.livepolls.board.actions.setting_aside import tell_shown
from app.livepolls.board.actions.splitting import put_together, split_again
from app.livepolls.board.models import BoardAction, Gesture, Separation, Suggestion
from app.livepolls.board.recording import changing
from app.livepolls.board.states import Changes, State, Values, snapshot
from app.livepolls.board.turning import Way, way_of
from app.livepolls.facts import AspectsChosen, AspectsMerged
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.splits import ConcernSplit
from app.outbox import announce


class UndoConflict(Conflict):
    """Some of what a gesture has changed was changed again since: these things."""

    message = _l("Somebody has changed this since, so it was left as it is.")

    def __init__(
        self, action: BoardAction, way: Way, state: State, *, is_in_vain: bool = False
    ) -> None:
        super().__init__()
        self.action_id = action.id
        self.concerns, self.aspects = way.concerns_touched(state), way.aspects_touched(state)
        self.writings, self.obstacles = way.writings_touched(state), way.obstacles(state)
        some = len(self.concerns) < len(way.pairs("concerns"))
        self.has_rest = some and not way.is_whole and not is_in_vain


def undo(action: BoardAction, by: Participant, *, rest_only: bool = False) -> None:
    """Take a gesture back; where somebody has gone on with it since, only the rest if asked."""
    if action.is_undone:
        raise Conflict(_l("This is undone already."))
    _turn(action, rest_only)
    action.undone_at, action.undone_by_id = now(), by.id


def redo(action: BoardAction, *, rest_only: bool = False) -> None:
    """Do again what was taken back."""
    if not action.is_undone:
        raise Conflict(_l("This is done already."))
    changes = _turn(action, rest_only)
    action.undone_at = action.undone_by_id = None
    if "writings" in changes:  # also what was written between the two comes back next time
        action.changes = {**action.changes, "writings": changes["writings"]}


def _turn(action: BoardAction, rest_only: bool) -> Changes:
    poll, way = action.poll, way_of(action)
    state = snapshot(poll)
    concerns, aspects = way.concerns_touched(state), way.aspects_touched(state)
    if not way.is_clear(state) and (way.is_whole or not rest_only):
        raise UndoConflict(action, way, state)
    _require_allowed(way, poll)
    with changing(poll) as changes:
        _turn_frozen(way, poll)
        _turn_aspects(way, poll, aspects)
        _turn_splits(way, poll)
        _turn_concerns(way, poll, concerns)
        if action.kind == Gesture.MERGE and action.is_undone:
            _tell_merged(way, poll, state)
        else:
            _turn_writings(way, poll, way.writings_touched(state))
        _turn_suggestions(way, poll)
        drop_empty(poll)
    if not changes:
        raise UndoConflict(action, way, state, is_in_vain=True)
    return changes


def _require_allowed(way: Way, poll: FlashPoll) -> None:
    """What is chosen is changed only by taking the choice back; late concerns are still sorted."""
    if way.frozen is None:
        require_sortable(poll, concerns_of(poll, way.moved()))
    elif way.frozen[1] and poll.is_open:
        raise Conflict(_l("Close the flash poll first."))


def _turn_frozen(way: Way, poll: FlashPoll) -> None:
    if way.frozen is None:
        return
    since = way.frozen[1]
    poll.frozen_at = datetime.fromisoformat(since) if since else None
    if since:
        announce(AspectsChosen(poll.id), poll.event.channel)


def _turn_aspects(way: Way, poll: FlashPoll, touched: Collection[int]) -> None:
    """Bring back what was dissolved, under its own number; those left empty are dropped later."""
    for id, (left, wanted) in way.pairs("aspects").items():
        if int(id) in touched or wanted is None:
            continue
        aspect = db.session.get(Aspect, int(id)) or Aspect(id=int(id), poll_id=poll.id, poll=poll)
        for name, value in wanted.items():
            if left is None or left[name] != value:
                setattr(aspect, name, value)
        db.session.add(aspect)
        db.session.flush()
        follow_on_screen(poll.event, "aspect", aspect)


def _turn_splits(way: Way, poll: FlashPoll) -> None:
    """Put together again what was split, or part it once more."""
    there = set(db.session.scalars(select(Aspect.id).where(Aspect.poll_id == poll.id)))
    for second_id, (_left, wanted) in way.parted().items():
        split = db.session.get_one(ConcernSplit, second_id)
        if wanted is None:
            put_together(split)
        else:
            split_again(split, wanted["aspect"] if wanted["aspect"] in there else None)


def _turn_concerns(way: Way, poll: FlashPoll, touched: Collection[int]) -> None:
    pairs = way.pairs("concerns")
    there = set(db.session.scalars(select(Aspect.id).where(Aspect.poll_id == poll.id)))
    for concern in concerns_of(poll, [int(id) for id in pairs]):
        left, wanted = pairs[str(concern.id)]
        if concern.id in touched or left is None or wanted is None:
            continue
        if wanted["aspect"] is None or wanted["aspect"] in there:
            _turn_concern(concern, left, wanted)
    db.session.flush()


def _turn_concern(concern: Concern, left: Values, wanted: Values) -> None:
    if left["aspect"] != wanted["aspect"]:
        concern.aspect_id = wanted["aspect"]
    if left["off_topic"] != wanted["off_topic"]:
        concern.off_topic_at = None if wanted["off_topic"] is None else now()
        concern.off_topic_reason = wanted["off_topic"] or ""
    if any(left.get(name) != wanted.get(name) for name in ("hidden", "waits")):
        concern.hide(wanted["hidden"] is not None)
        concern.hidden_reason = wanted["hidden"] or ""
        concern.waits_since = now() if wanted.get("waits") else None
        tell_shown(concern)
    _turn_separations(concern.id, set(left["apart"]), set(wanted["apart"]))


def _turn_separations(concern_id: int, left: set[int], wanted: set[int]) -> None:
    db.session.execute(
        delete(Separation).where(
            Separation.concern_id == concern_id, Separation.aspect_id.in_(left - wanted)
        )
    )
    separate([(concern_id, at) for at in sorted(wanted - left)])


def _tell_merged(way: Way, poll: FlashPoll, state: State) -> None:
    """What was written under the one aspect goes to the other, as when they were merged first.

    Only where that is still there, and the one has really lost its last concern.
    """
    lying, pairs = _aspects_in_use(poll), way.pairs("concerns")
    kept = {wanted["aspect"] for id in way.moved() if (wanted := pairs[str(id)][1])} & lying
    for id, (_left, wanted) in way.pairs("aspects").items():
        if wanted is None and id in state.aspects and int(id) not in lying:
            for into in kept:
                announce(AspectsMerged(into, int(id)))


def _aspects_in_use(poll: FlashPoll) -> set[int]:
    """Those that concerns lie in now."""
    used = select(Concern.aspect_id).where(Concern.poll_id == poll.id).distinct()
    return {id for id in db.session.scalars(used) if id is not None}


def _turn_writings(way: Way, poll: FlashPoll, touched: Collection[str]) -> None:
    """What was taken along goes back under its aspect, if concerns lie in that again."""
    there = _aspects_in_use(poll)
    goes: defaultdict[int, list[str]] = defaultdict(list)
    for name, (_left, wanted) in way.pairs("writings").items():
        if wanted is not None and wanted["aspect"] in there and name not in touched:
            goes[wanted["aspect"]].append(name)
    for aspect_id, names in goes.items():
        writings.put(names, aspect_id)


def _turn_suggestions(way: Way, poll: FlashPoll) -> None:
    """Lay a suggestion beside the board again, unless there are new ones for its concerns."""
    present = db.session.scalars(select(Suggestion).where(Suggestion.poll_id == poll.id)).all()
    there = {None, *db.session.scalars(select(Aspect.id).where(Aspect.poll_id == poll.id))}
    offered = {id for suggestion in present for id in suggestion.concern_ids}
    for left, wanted in way.pairs("suggestions").values():
        if wanted is None:
            _drop_like(left, present)
        elif wanted["aspect"] in there and offered.isdisjoint(wanted["concerns"]):
            db.session.add(_suggestion(poll, wanted))
    db.session.flush()


def _drop_like(left: Values | None, present: Collection[Suggestion]) -> None:
    for suggestion in present:
        if left is not None and suggestion.concern_ids == left["concerns"]:
            db.session.delete(suggestion)


def _suggestion(poll: FlashPoll, wanted: Values) -> Suggestion:
    return Suggestion(
        poll_id=poll.id,
        aspect_id=wanted["aspect"],
        title=wanted["title"],
        certainty=wanted["certainty"],
        keywords=wanted["keywords"],
        concern_ids=wanted["concerns"],
        unsure_ids=wanted["unsure"],
        near=wanted.get("near", {}),  # gestures of before know nothing of it
        by_meaning=wanted.get("by_meaning", False),
    )
