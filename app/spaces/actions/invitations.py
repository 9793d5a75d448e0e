"""Invitations into spaces: written, sent again, taken back, and accepted."""

import secrets
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.queries import by_email, tidy_email
from app.addresses import external_url
from app.database import locked, now
from app.errors import Conflict
from app.extensions import db
from app.identity import digest
from app.mail import letters
from app.permissions import SpaceRole
from app.spaces.actions.members import NO_READERS, admit_at_least
from app.spaces.models import INVITATION_LASTS, Invitation, InvitationPlace, Membership, Space

IS_IN = _l("Somebody with this mail address is in this space already.")
ANSWERED = _l("This invitation has been accepted already.")
NO_ADDRESS = _l("Please enter the mail address first.")


def invite(
    space: Space,
    inviter: Account,
    email: str | None,
    places: Mapping[int, SpaceRole],
    **about: Any,
) -> Invitation:
    """Ask somebody into these spaces, from one of them; an earlier invitation is sent anew.

    `about` is their name, function, municipality_id and language, as far as known. Without a mail
    address nothing is sent yet.
    """
    email = tidy_email(email) or None
    if email is not None:
        _require_new(email, places)
    invitation = _waiting(space, email) or Invitation(space_id=space.id, email=email)
    db.session.add(invitation)
    for name, value in about.items():
        setattr(invitation, name, value)
    db.session.flush()
    set_places(invitation, places)
    if email is not None:
        send(invitation, inviter)
    return invitation


def set_places(invitation: Invitation, places: Mapping[int, SpaceRole]) -> None:
    """What an invitation is for, beside what it was for already."""
    known = {place.space_id: place for place in invitation.places}
    for space_id, role in places.items():
        if role == SpaceRole.READER and not db.session.get_one(Space, space_id).allows_readers:
            raise Conflict(NO_READERS)
        if space_id in known:
            known[space_id].role = role
        else:
            invitation.places.append(InvitationPlace(space_id=space_id, role=role))
    db.session.flush()


def address(invitation: Invitation, email: str, inviter: Account) -> None:
    """Say where somebody can be reached who was known by name only, and write to them."""
    _require_waiting(invitation)
    email = tidy_email(email)
    _require_new(email, {place.space_id: place.role for place in invitation.places})
    other = _waiting(invitation.space, email)
    if other is not None and other.id != invitation.id:
        raise Conflict(_l("Somebody with this mail address is invited already."))
    invitation.email = email
    send(invitation, inviter)


def send(invitation: Invitation, inviter: Account) -> None:
    """Send the letter with the link; links of earlier letters stop working."""
    _require_waiting(invitation)
    if invitation.email is None:
        raise Conflict(NO_ADDRESS)
    secret = secrets.token_urlsafe(24)
    invitation.secret_hash, invitation.sent_at = digest(secret), now()
    invitation.inviter_id = inviter.id
    db.session.flush()
    names = [place.space.name for place in invitation.places]
    letters.post(
        "space_invitation",
        invitation.email,
        invitation.language,
        good_for=INVITATION_LASTS,
        name=invitation.name,
        inviter=inviter.name,
        space=invitation.space.name,
        spaces="\n".join(f"- {name}" for name in names) if len(names) > 1 else "",
        link=external_url("spaces.invitation", secret=secret),
    )


def withdraw(invitation: Invitation, space: Space) -> None:
    """Take an invitation back for this space; nothing of it is kept if it was for no other."""
    _require_waiting(invitation)
    left = [place for place in invitation.places if place.space_id != space.id]
    if left and invitation.space_id != space.id:
        invitation.places = left
    else:
        db.session.delete(invitation)
    db.session.flush()


def accept(invitation: Invitation, account: Account) -> None:
    """Somebody comes into what they were invited to; where they are already, they stay."""
    _require_waiting(invitation)
    for place in invitation.places:
        space = locked(Space, place.space_id, shared=True)
        if place.role != SpaceRole.READER or space.allows_readers:
            admit_at_least(space, account, place.role)
    account.function = account.function or invitation.function
    account.municipality_id = account.municipality_id or invitation.municipality_id
    invitation.accepted_at = now()
    invitation.email, invitation.name, invitation.function = None, "", ""
    invitation.municipality_id = None
    db.session.flush()


def _require_waiting(invitation: Invitation) -> None:
    if invitation.accepted_at is not None:
        raise Conflict(ANSWERED)


def _require_new(email: str, places: Mapping[int, SpaceRole]) -> None:
    account = by_email(email)
    if account is None:
        return
    count = db.session.scalars(
        select(Membership.space_id).where(
            Membership.account_id == account.id, Membership.space_id.in_(places)
        )
    ).all()
    if len(count) == len(places):
        raise Conflict(IS_IN)


def _waiting(space: Space, email: str | None) -> Invitation | None:
    if email is None:
        return None
    return db.session.scalar(
        select(Invitation).where(Invitation.space_id == space.id, Invitation.email == email)
    )
