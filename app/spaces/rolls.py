"""A roll: the people of an uploaded table, each line checked by itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from app.accounts.fields import ADDRESS
from app.permissions import SpaceRole
from app.spaces.tables import Line, Table, read
from app.submissions import one_line

COLUMNS = {
    "email": ("e-mail", "mail", "mail address", "e-mail-adresse", "mailadresse"),
    "name": (),
    "municipality": ("kommune",),
    "state": ("land", "bundesland"),
    "cluster": (),
    "group": ("gruppe", "groups", "gruppen"),
    "function": ("funktion",),
    "role": ("rolle",),
    "language": ("sprache",),
    "event_role": (),
}
ROLE_WORDS = {
    "": SpaceRole.MEMBER,
    "member": SpaceRole.MEMBER,
    "mitglied": SpaceRole.MEMBER,
    "coordinator": SpaceRole.COORDINATOR,
    "koordination": SpaceRole.COORDINATOR,
    "koordinator": SpaceRole.COORDINATOR,
    "koordinatorin": SpaceRole.COORDINATOR,
    "reader": SpaceRole.READER,
    "liest mit": SpaceRole.READER,
}
LANGUAGES = {"": None, "de": "de", "deutsch": "de", "en": "en", "english": "en", "englisch": "en"}


@dataclass(frozen=True)
class Entry:
    """Somebody in a roll."""

    number: int  # of the line
    email: str | None
    name: str
    municipality: str
    state: str
    cluster: str
    groups: tuple[str, ...]
    function: str
    role: SpaceRole
    language: str | None

    @property
    def key(self) -> tuple[str, str]:
        """By what somebody is known again who has no mail address here."""
        return self.name.casefold(), self.municipality.casefold()


def read_roll(text: str, needed: Iterable[str]) -> tuple[list[Entry], Table]:
    """The people of a table, and the table with what is wrong in it."""
    table = read(text, COLUMNS, needed)
    needs_address = "email" in needed
    entries = [_entry(table, line, needs_address) for line in table.lines]
    _complain_of_doubles(table, entries)
    return entries, table


def _entry(table: Table, line: Line, needs_address: bool) -> Entry:
    email = line["email"].lower()
    if not line["name"]:
        table.complain(line.number, _("The name is missing."))
    if len(line["name"]) > 80 or len(line["function"]) > 120:
        table.complain(line.number, _("The name or the function is too long."))
    if (needs_address or email) and not re.match(ADDRESS, email):
        words = _("“%(words)s” is no mail address.", words=email) if email else ""
        table.complain(line.number, words or _("The mail address is missing."))
    role = ROLE_WORDS.get(line["role"].casefold())
    if role is None:
        table.complain(line.number, _("There is no role “%(words)s”.", words=line["role"]))
    if line["language"].casefold() not in LANGUAGES:
        table.complain(line.number, _("There is no language “%(words)s”.", words=line["language"]))
    return Entry(
        number=line.number,
        email=email or None,
        name=one_line(line["name"]),
        municipality=one_line(line["municipality"]),
        state=one_line(line["state"]),
        cluster=one_line(line["cluster"]),
        groups=tuple(name for part in re.split(r"[|+/;]", line["group"]) if (name := part.strip())),
        function=one_line(line["function"]),
        role=role or SpaceRole.MEMBER,
        language=LANGUAGES.get(line["language"].casefold()),
    )


def _complain_of_doubles(table: Table, entries: list[Entry]) -> None:
    seen: dict[object, int] = {}
    for entry in entries:
        key: object = entry.email or entry.key
        if key in seen:
            words = _("%(name)s stands in line %(line)d already.", name=entry.name, line=seen[key])
            table.complain(entry.number, words)
        seen.setdefault(key, entry.number)
