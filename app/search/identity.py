"""Who looks for something, and what they may read at this moment."""

from flask import session
from sqlalchemy import exists, false, or_, select

from app.accounts.models import Account
from app.errors import NeedsSignIn
from app.events.models import Participant
from app.extensions import db
from app.identity import presented_token
from app.search.sources import Reader
from app.spaces.identity import present_account
from app.spaces.permissions import readable_ids


def present_reader() -> Reader:
    """The person on the other side: an account, or a guest; raises `NeedsSignIn` for nobody."""
    account = present_account()
    spaces = set(db.session.scalars(readable_ids(account.id))) if account else set()
    events = _events(account.id if account else None, _participants_here())
    if account is None and not events:
        raise NeedsSignIn
    return Reader(account.id if account else None, tuple(sorted(spaces)), events)


def _participants_here() -> list[int]:
    """As whom a device may enter events; where a token speaks, nobody else does."""
    token = presented_token()
    if token is not None:
        return [token.participant_id] if token.participant_id is not None else []
    return list(session.get("participants", {}).values())


def _events(account_id: int | None, participant_ids: list[int]) -> tuple[int, ...]:
    """The events in which the person is a participant, and was not removed."""
    deactivated = exists().where(
        Account.id == Participant.account_id, Account.deactivated_at.is_not(None)
    )
    mine = false() if account_id is None else Participant.account_id == account_id
    query = select(Participant.event_id).where(
        or_(mine, Participant.id.in_(participant_ids)),
        Participant.removed_at.is_(None),
        ~deactivated,
    )
    return tuple(db.session.scalars(query.distinct()))
