"""What people have in common: their municipality, their state, their function."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.accounts.models import Account
from app.breakouts.models import Mode
from app.breakouts.planning.homes import known_states
from app.events.models import Participant
from app.extensions import db

Label = int | str | None  # None: nothing is known, so nothing is shared


def labels(people: Sequence[Participant], attribute: str) -> Mapping[int, Label]:
    """The label of each of these people; written one way, however it was typed."""
    if attribute == Mode.STATE:
        return _states(people)
    if attribute == Mode.FUNCTION:
        return _functions(people)
    return {person.id: person.municipality_id for person in people}


def label_of(person: Participant, attribute: str) -> Label:
    """The label of one person."""
    return labels([person], attribute)[person.id]


def _states(people: Sequence[Participant]) -> dict[int, Label]:
    known = known_states()
    typed = {p.id: (p.municipality.state if p.municipality else p.state).strip() for p in people}
    return {id: known.setdefault(name.casefold(), name) or None for id, name in typed.items()}


def _functions(people: Sequence[Participant]) -> dict[int, Label]:
    """Guests have none; of a function that is written several ways the first one counts."""
    accounts = {person.account_id for person in people} - {None}
    rows = db.session.execute(
        select(Account.id, Account.function)
        .where(Account.id.in_(accounts), Account.function != "")
        .order_by(Account.id)
    )
    functions = {id: " ".join(name.split()) for id, name in rows}
    spelt: dict[str, str] = {}
    for name in functions.values():
        spelt.setdefault(name.casefold(), name)
    theirs = {p.id: functions.get(p.account_id or 0, "") for p in people}
    return {id: spelt.get(name.casefold()) for id, name in theirs.items()}
