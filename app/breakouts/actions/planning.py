"""What moderators plan before a round begins: another deal, pairs, and who is to be where."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from app.breakouts import queries
from app.breakouts.actions.naming import name_all, require_planned
from app.breakouts.models import Bond, Mode, Pair, Part, PreparedPlace, Round
from app.breakouts.planning.drafting import DEALS
from app.errors import Conflict, Invalid, NotFound
from app.events.models import Participant
from app.extensions import db


def deal_anew(round_: Round) -> None:
    """Deal with another seed when it begins; the round is held."""
    require_planned(round_)
    round_.dealt = (round_.dealt + 1) % DEALS


def bind(
    round_: Round, first: Participant, second: Participant, bond: Bond, *, everywhere: bool
) -> None:
    """Keep two people together, or apart, in this round or in all of its event."""
    _require_in(round_, first, second)
    if first.id == second.id:
        raise Invalid(_l("Please choose two different people."))
    ids = tuple(sorted((first.id, second.id)))
    pairs = queries.pairs_in(round_.event_id) if everywhere else queries.pairs_of(round_)
    known = [pair for pair in pairs if tuple(sorted(pair.ids)) == ids]
    if any(pair.bond != bond for pair in known):
        raise Conflict(_l("The opposite holds for these two already. Please remove that first."))
    if any(pair.round_id is None or not everywhere for pair in known):
        return
    pair = Pair(event_id=round_.event_id, round_id=None if everywhere else round_.id, bond=bond)
    pair.first_id, pair.second_id = ids
    db.session.add(pair)


def unbind(round_: Round, pair: Pair) -> None:
    """Let two people be placed as everybody else, in all rounds where that holds."""
    if pair.event_id != round_.event_id:
        raise NotFound
    db.session.delete(pair)


def prepare(round_: Round, places: Mapping[int, int | None]) -> None:
    """Let people be in these rooms when it begins; None leaves it to chance. The round is held."""
    require_planned(round_)
    if round_.mode != Mode.MANUAL:
        raise Conflict(_l("In this round nobody is placed by hand. Change that in its settings."))
    db.session.execute(
        delete(PreparedPlace).where(
            PreparedPlace.round_id == round_.id, PreparedPlace.participant_id.in_(places)
        )
    )
    db.session.add_all(
        PreparedPlace(round_id=round_.id, participant_id=person_id, number=number)
        for person_id, number in places.items()
        if number is not None
    )


def prepare_from(
    round_: Round, places: Mapping[int, int], parts: Mapping[int, Part], rooms: Sequence[str]
) -> None:
    """The same from a list, which says, too, who leads a talk and who takes notes.

    It brings the rooms where none are planned yet.
    """
    prepare(round_, places)
    name_all(round_, parts)
    if rooms:
        round_.item.settings = {**round_.item.settings, "topics": "\n".join(rooms)}


def _require_in(round_: Round, *people: Participant) -> None:
    for person in people:
        if person.event_id != round_.event_id or person.removed_at is not None:
            raise NotFound
