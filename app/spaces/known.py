"""What a programme has already, as lists name it: spaces, people, invitations, municipalities."""

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.extensions import db
from app.municipalities.models import Municipality
from app.municipalities.queries import all_by_name
from app.permissions import SpaceRole
from app.spaces.models import Invitation, Membership, Space, SpaceKind
from app.spaces.rolls import Entry

Key = tuple[str, SpaceKind, str]


class Known:
    """A programme looked up once, with seven queries, for somebody who brings lists."""

    def __init__(self, root: Space, lead: Account) -> None:
        self.root = root
        self.lead = lead
        self.municipalities = {m.name.casefold(): m for m in all_by_name()}
        self.spaces = dict(_spaces(root))
        self._people = _people(root)
        self._by_email = {person.email: person for person in self._people if person.email}
        self._by_name = {_key(person.name, person.municipality): person for person in self._people}
        invitations = _invitations(root)
        self._invited = {i.email: i for i in invitations if i.email}
        self._noted = {_key(i.name, i.municipality): i for i in invitations}
        self._memberships = _memberships(root)
        self._led = set(db.session.scalars(_led_by(lead)))

    def account(self, entry: Entry) -> Account | None:
        """The person in the programme that a line speaks of."""
        if entry.email is not None:
            return self._by_email.get(entry.email)
        return self._by_name.get(entry.key)

    def invitation(self, entry: Entry) -> Invitation | None:
        """The invitation that waits for the person that a line speaks of."""
        if entry.email is not None and entry.email in self._invited:
            return self._invited[entry.email]
        noted = self._noted.get(entry.key)
        is_other = noted is not None and entry.email is not None and noted.email is not None
        return None if is_other else noted

    def is_in(self, account: Account, space: Space) -> bool:
        """Whether somebody is in a space of the programme."""
        return (space.id, account.id) in self._memberships

    def is_led(self, space_id: int) -> bool:
        """Whether who brings the lists looks after a space, and can let people in."""
        return self.lead.is_admin or space_id in self._led


def _led_by(lead: Account) -> Select[int]:
    return select(Membership.space_id).where(
        Membership.account_id == lead.id, Membership.role == SpaceRole.COORDINATOR
    )


def _key(name: str, municipality: Municipality | None) -> tuple[str, str]:
    return name.casefold(), municipality.name.casefold() if municipality else ""


def _spaces(root: Space) -> Iterator[tuple[Key, Space]]:
    """The spaces of the tree by the names that lists have for them."""
    spaces = db.session.scalars(
        select(Space).where(Space.root_id == root.id).order_by(Space.id.desc())
    ).all()
    by_id = {space.id: space for space in spaces}
    for space in spaces:
        parent = by_id.get(space.parent_id or 0)
        if space.id == root.id:
            yield ("", SpaceKind.PROGRAMME, ""), space
        elif space.kind is SpaceKind.CLUSTER:
            yield (space.name.casefold(), SpaceKind.CLUSTER, ""), space
        else:
            cluster = parent.name.casefold() if parent and parent.id != root.id else ""
            named = space.name.casefold() if space.kind is SpaceKind.FREE else ""
            yield (cluster, space.kind, named), space


def _people(root: Space) -> list[Account]:
    query = (
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.space_id == root.id, Account.deleted_at.is_(None))
        .options(joinedload(Account.municipality))
    )
    return list(db.session.scalars(query))


def _memberships(root: Space) -> set[tuple[int, int]]:
    rows = db.session.execute(
        select(Membership.space_id, Membership.account_id)
        .join(Space, Space.id == Membership.space_id)
        .where(Space.root_id == root.id)
    )
    return {(space_id, account_id) for space_id, account_id in rows}


def _invitations(root: Space) -> list[Invitation]:
    query = (
        select(Invitation)
        .where(Invitation.space_id == root.id, Invitation.accepted_at.is_(None))
        .options(joinedload(Invitation.municipality), selectinload(Invitation.places))
    )
    return list(db.session.scalars(query))
