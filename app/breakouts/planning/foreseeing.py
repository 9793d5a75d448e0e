"""What takes long as rooms open is computed beforehand: in the transaction nobody waits for it.

Nothing that was foreseen is believed. In the transaction all is read once more, and what was
computed counts only for the very same input; so one who has gone since is still in it, as if they
went a moment later, and one who has come is a late-comer.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from app.breakouts import queries
from app.breakouts.models import BY_CHOICE, Mode, Round
from app.breakouts.planning.drafting import draft, fulfilled, has_rooms
from app.events.models import Participant
from app.extensions import db
from app.offload import remembering

A_FEW = 20  # late-comers; for more of them, the rooms are drafted anew

_expected: ContextVar[tuple[int, list[int]] | None] = ContextVar("expected", default=None)


@contextmanager
def foreseen(round_id: int) -> Iterator[None]:
    """Compute what happens next in a round, for the transaction in here that lets it happen."""
    with remembering():
        token = _expected.set(_foresee(db.session.get(Round, round_id)))
        try:
            yield
        finally:
            _expected.reset(token)


def _foresee(round_: Round | None) -> tuple[int, list[int]] | None:
    """The people for whom the rooms are drafted, if that is what comes next."""
    if round_ is None:
        return None
    if round_.is_choosing and round_.mode == Mode.WISHES:
        fulfilled(round_, {person.id for person in queries.occupancy(round_)[None]})
    if round_.opened_at is not None or round_.mode in BY_CHOICE or not has_rooms(round_):
        return None
    people = queries.placeable(round_.event_id)
    draft(round_, people)
    return round_.id, [person.id for person in people]


def expected(round_: Round, here: Sequence[Participant]) -> Sequence[Participant]:
    """Those for whom the rooms are made: all who are here, or as it was foreseen.

    Whoever is here and not among them is to be placed as a late-comer.
    """
    round_id, ids = _expected.get() or (None, [])
    known = {person.id: person for person in here}
    if round_id != round_.id or len(known.keys() - set(ids)) > A_FEW:
        return here
    known |= queries.placeable_among(round_.event_id, set(ids) - known.keys())
    return [known[id] for id in ids if id in known]
