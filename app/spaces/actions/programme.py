"""A programme built from lists: all of a plan, in one transaction."""

from typing import Any

from app.accounts.models import Account
from app.extensions import db
from app.municipalities.models import Municipality
from app.permissions import SpaceRole
from app.spaces.actions.invitations import address, invite, set_places
from app.spaces.actions.members import admit, admit_at_least
from app.spaces.actions.spaces import create_space
from app.spaces.known import Key, Known
from app.spaces.models import Space
from app.spaces.programme import Part, ProgrammePlan, Spot
from app.spaces.rolls import Entry


def build(root: Space, founder: Account, plan: ProgrammePlan) -> None:
    """Make what is planned; who brings it in coordinates the new spaces until others do."""
    for new in plan.municipalities.values():
        db.session.add(
            Municipality(name=new.name, kind=new.kind, state=new.state, cluster=new.cluster)
        )
    db.session.flush()
    known = Known(root, founder)
    for spot in plan.spots.values():
        _make(spot, known.spaces, founder)
    for part in [*plan.invited, *plan.noted]:
        places = _places(part, known.spaces)
        invite(root, founder, part.entry.email, places, **_about(part.entry, known, founder))
    for part in plan.admitted:
        _admit(part, known)
    for part in plan.widened:
        _widen(part, known, founder)


def _make(spot: Spot, spaces: dict[Key, Space], founder: Account) -> Space:
    """The space at a spot, made with those above it where there is none."""
    if spot.key not in spaces:
        above = spot.above
        parent = _make(above, spaces, founder) if above else None
        space = create_space(spot.name, spot.kind, parent)
        admit(space, founder, SpaceRole.COORDINATOR)
        spaces[spot.key] = space
    return spaces[spot.key]


def _places(part: Part, spaces: dict[Key, Space]) -> dict[int, SpaceRole]:
    return {spaces[spot.key].id: role for spot, role in part.spots.items()}


def _about(entry: Entry, known: Known, founder: Account) -> dict[str, Any]:
    municipality = known.municipalities.get(entry.municipality.casefold())
    return {
        "name": entry.name,
        "function": entry.function,
        "municipality_id": municipality.id if municipality else None,
        "language": entry.language or founder.language,
    }


def _admit(part: Part, known: Known) -> None:
    account = known.account(part.entry)
    assert account is not None
    for spot, role in part.spots.items():
        admit_at_least(known.spaces[spot.key], account, role)


def _widen(part: Part, known: Known, founder: Account) -> None:
    """Somebody is invited to more, or can be written to now; a letter that is out still holds."""
    invitation = known.invitation(part.entry)
    assert invitation is not None
    set_places(invitation, _places(part, known.spaces))
    if invitation.email is None and part.entry.email is not None:
        address(invitation, part.entry.email, founder)
