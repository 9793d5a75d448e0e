"""Things that tests need many of; all is written through the application's own transaction."""

import itertools
from typing import Any

from app.accounts.models import Account
from app.database import transaction
from app.events.models import AgendaItem, Event
from app.extensions import db
from app.municipalities.models import Municipality

AGENDA: list[dict[str, Any]] = [
    {"kind": "welcome", "title": "Welcome", "text": "Good to have you here.", "minutes": 10},
    {"kind": "poll", "title": "Flash poll", "text": "What do you want advice on?", "minutes": 5},
]

_numbers = itertools.count(1)


def look_again() -> None:
    """End the test's open read, so that its objects show what others have done meanwhile."""
    db.session.rollback()
    db.session.expire_all()


def make_municipality(
    name: str = "", *, state: str = "Hessen", cluster: str = "1", kind: str = "Stadt"
) -> Municipality:
    """A municipality."""
    name = name or f"Musterstadt {next(_numbers)}"
    with transaction() as session:
        made = Municipality(name=name, kind=kind, state=state, cluster=cluster)
        session.add(made)
        return made


def make_account(email: str = "", *, name: str = "Mia Member", **fields: Any) -> Account:
    """An account; without `password_hash` nobody can sign in with a password."""
    fields.setdefault("language", "en")
    with transaction() as session:
        made = Account(email=email or f"person{next(_numbers)}@example.org", name=name, **fields)
        session.add(made)
        return made


def item_of_kind(event: Event, kind: str) -> AgendaItem:
    """The first agenda item of a kind."""
    db.session.expire(event, ["items"])
    return next(item for item in event.items if item.kind == kind)
