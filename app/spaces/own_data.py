"""What is one account's own in spaces: where they are, and where they ask to be."""

from typing import Any

from sqlalchemy import delete as delete_rows
from sqlalchemy import select

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.extensions import db
from app.spaces import actions
from app.spaces.models import Invitation, JoinRequest, Membership


def export(account: Account) -> dict[str, Any]:
    """Memberships, requests, and invitations to this address, as plain values."""
    return {
        "memberships": [
            {
                "space": membership.space.name,
                "role": membership.role.value,
                "joined_at": membership.joined_at.isoformat(),
            }
            for membership in _memberships(account)
        ],
        "requests": [
            {
                "space": request.space.name,
                "words": request.words,
                "asked_at": request.asked_at.isoformat(),
            }
            for request in db.session.scalars(
                select(JoinRequest).where(JoinRequest.account_id == account.id)
            )
        ],
    }


def delete(account: Account, _keep_words: bool) -> None:
    """Nothing of this stays, whatever becomes of the words."""
    db.session.execute(delete_rows(JoinRequest).where(JoinRequest.account_id == account.id))
    if account.email:
        db.session.execute(delete_rows(Invitation).where(Invitation.email == account.email))
    for membership in _memberships(account):
        actions.let_go(membership)


def _memberships(account: Account) -> list[Membership]:
    query = select(Membership).where(Membership.account_id == account.id)
    return list(db.session.scalars(query.order_by(Membership.space_id)))


part = OwnPart("spaces", export, delete)
