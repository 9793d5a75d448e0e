"""Whom an invitation is for: who is invited already, and what a list of people would do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import Account
from app.extensions import db
from app.identity import digest
from app.municipalities.models import Municipality
from app.municipalities.queries import all_by_name
from app.permissions import SpaceRole
from app.spaces.models import Invitation, InvitationPlace, Membership, Space
from app.spaces.rolls import Entry, read_roll
from app.spaces.tables import Complaint


@dataclass
class InvitationPlan:
    """What inviting a list of people into one space would do."""

    entries: list[Entry] = field(default_factory=list)
    passed_over: list[tuple[Entry, str]] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    municipalities: dict[str, Municipality] = field(default_factory=dict)

    def about(self, entry: Entry, language: str) -> dict[str, Any]:
        """What is known of somebody."""
        municipality = self.municipalities.get(entry.municipality.casefold())
        return {
            "name": entry.name,
            "function": entry.function,
            "municipality_id": municipality.id if municipality else None,
            "language": entry.language or language,
        }


def planned(space: Space, text: str) -> InvitationPlan:
    """What would become of a list of people."""
    entries, table = read_roll(text, ("email", "name"))
    plan = InvitationPlan(
        complaints=table.complaints,
        municipalities={m.name.casefold(): m for m in all_by_name()},
    )
    there, invited = addresses_in(space), addresses_invited(space)
    for entry in entries:
        if entry.municipality and entry.municipality.casefold() not in plan.municipalities:
            words = _("There is no municipality “%(name)s”.", name=entry.municipality)
            table.complain(entry.number, words)
        if entry.role == SpaceRole.READER and not space.allows_readers:
            table.complain(entry.number, _("This space has no people who only read along."))
        if entry.email in there:
            plan.passed_over.append((entry, _("is in this space already")))
        elif entry.email in invited:
            plan.passed_over.append((entry, _("is invited already")))
        else:
            plan.entries.append(entry)
    plan.complaints.sort(key=lambda complaint: complaint.number)
    return plan


def addresses_in(space: Space) -> set[str]:
    """The mail addresses of those who are in a space."""
    rows = db.session.scalars(
        select(Account.email)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.space_id == space.id, Account.email.is_not(None))
    )
    return {email for email in rows if email}


def addresses_invited(space: Space) -> set[str]:
    """The mail addresses that have an invitation from this space."""
    rows = db.session.scalars(
        select(Invitation.email).where(
            Invitation.space_id == space.id, Invitation.email.is_not(None)
        )
    )
    return {email for email in rows if email}


def invitations_into(space_id: int) -> Sequence[tuple[Invitation, SpaceRole]]:
    """Who is invited into a space and has not answered, those without an address first."""
    rows = db.session.execute(
        select(Invitation, InvitationPlace.role)
        .join(InvitationPlace, InvitationPlace.invitation_id == Invitation.id)
        .where(InvitationPlace.space_id == space_id, Invitation.accepted_at.is_(None))
        .options(joinedload(Invitation.municipality))
        .order_by(Invitation.email.is_not(None), func.lower(Invitation.name), Invitation.id)
    )
    return [(invitation, role) for invitation, role in rows]


def invitation_with(secret: str, *, hold: bool = False) -> Invitation | None:
    """The invitation whose last letter held this secret."""
    query = (
        select(Invitation)
        .where(Invitation.secret_hash == digest(secret))
        .options(selectinload(Invitation.places).joinedload(InvitationPlace.space))
    )
    return db.session.scalar(query.with_for_update(of=Invitation) if hold else query)
