"""The sample: municipalities, some accounts, and a conference that can begin at once."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from app.accounts import actions as account_actions
from app.accounts import passwords
from app.accounts.models import Account, Standing
from app.accounts.queries import by_email
from app.database import now, transaction
from app.demo.agenda import AGENDA, TEMPLATE_TITLE, TITLE
from app.demo.past import PastConference
from app.demo.people import SamplePerson, in_role, rows
from app.demo.programme import Programme
from app.events import actions as event_actions
from app.events.models import Event
from app.events.steps import kinds
from app.extensions import db
from app.municipalities.actions import add_municipality
from app.municipalities.models import Municipality
from app.municipalities.queries import all_by_name
from app.notifications.models import NotificationWork
from app.permissions import Role
from config import TIME_ZONE

MODERATOR = "moderator@dialograum.example"
HOST = "host@dialograum.example"
PASSWORD_FILE = "moderator_password"  # noqa: S105 - where it is, not what it is


def make_sample(instance: Path) -> bool:
    """Fill an empty database; returns whether it did. With any event in it, nothing is done.

    The moderator's password is made up, and kept in the instance folder for its owner alone.
    """
    if db.session.scalar(select(Event.id).limit(1)) is not None:
        return False
    password = passwords.generated()
    hash, nobodys = passwords.hashed(password), passwords.hashed(passwords.generated())
    with transaction():
        places = _municipalities()
        is_new = by_email(MODERATOR) is None
        moderator = _leader(MODERATOR, in_role("moderator")[0], Standing.ADMIN, hash)
        host = _leader(HOST, in_role("host")[0], Standing.MEMBER, nobodys)
        members = _members(places, nobodys)
        programme = Programme(members, [moderator, host])
        space = programme.build()
        past = PastConference(members, moderator, host)
        event = past.play()
        event.space_id = space.id
        programme.carry_on(event, space, moderator)
        coming = _conference(moderator, host)
        coming.space_id, coming.starts_at = space.id, _in_a_week()
        db.session.flush()
        db.session.execute(delete(NotificationWork))  # nobody needs to be told of all this
        if is_new:
            _keep(instance / PASSWORD_FILE, password)
    return True


def _municipalities() -> dict[str, Municipality]:
    """The municipalities of the sample by name, made where they are missing."""
    known = {municipality.name: municipality for municipality in all_by_name()}
    for row in rows("municipalities.csv"):
        if row["name"] not in known:
            known[row["name"]] = add_municipality(
                row["name"], kind=row["kind"], state=row["state"], cluster=row["cluster"]
            )
    return known


def _leader(email: str, who: SamplePerson, standing: Standing, hash: str | None) -> Account:
    account = by_email(email)
    if account is None:
        account = account_actions.create_account(
            email, who.name, standing=standing, language=who.language, password_hash=hash
        )
        account_actions.change_profile(account, function=who.function)
    return account


def _members(places: dict[str, Municipality], hash: str) -> dict[str, Account]:
    """An account, with a password that nobody knows, for everybody who takes part, by name."""
    members: dict[str, Account] = {}
    for number, person in enumerate(in_role("participant"), 1):
        email = f"member{number}@dialograum.example"
        account = by_email(email) or account_actions.create_account(
            email, person.name, language=person.language, password_hash=hash
        )
        place = places.get(person.municipality)
        account_actions.change_profile(
            account, function=person.function, municipality_id=place.id if place else None
        )
        members[person.name] = account
    return members


def _conference(moderator: Account, host: Account) -> Event:
    """The conference that can begin at once, and its agenda as a template."""
    event_actions.create_event(TEMPLATE_TITLE, items=_known(AGENDA), is_template=True)
    event = event_actions.create_event(TITLE, items=_known(AGENDA))
    for account, role in ((moderator, Role.MODERATOR), (host, Role.HOST)):
        event_actions.join(
            event,
            name=account.name,
            language=account.language,
            account_id=account.id,
            role=role,
        )
    return event


def _in_a_week() -> datetime:
    """At ten in the morning, where the conference takes place."""
    there = now().astimezone(ZoneInfo(TIME_ZONE)) + timedelta(days=7)
    return there.replace(hour=10, minute=0, second=0, microsecond=0)


def _known(agenda: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps of kinds that this installation has."""
    names = {kind.name for kind in kinds()}
    return [item for item in agenda if item["kind"] in names]


def _keep(path: Path, password: str) -> None:
    """Write the password where only the owner reads it."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password + "\n")


def kept_password(instance: Path) -> str | None:
    """The moderator's password, unless it was changed in the meantime or never made."""
    account = by_email(MODERATOR)
    try:
        password = (instance / PASSWORD_FILE).read_text().strip()
    except OSError:
        return None
    is_good = account is not None and passwords.fits(password, account.password_hash)
    return password if is_good else None
