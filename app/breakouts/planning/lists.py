"""Who is to be in which room, read from a list: all of it, or what is wrong in which line."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select

from app.accounts.models import Account
from app.breakouts.models import Part, Round
from app.breakouts.planning.drafting import room_topics
from app.breakouts.rules import LONGEST_TOPIC, MOST_TOPICS
from app.events.models import Participant
from app.extensions import db
from app.permissions import Role
from app.spaces.tables import Complaint, Line, Table, read

COLUMNS = {
    "room": ("raum", "topic", "thema", "group", "gruppe"),
    "name": ("teilnehmende", "person"),
    "email": ("e-mail", "mail", "mail address", "e-mail-adresse", "mailadresse"),
    "number": ("nummer", "nr", "nr."),
    "part": ("rolle", "role", "aufgabe"),
}
PARTS = {
    **dict.fromkeys(("facilitator", "leads", "moderation", "leitung"), Part.FACILITATOR),
    **dict.fromkeys(("notes", "takes notes", "notizen", "protokoll"), Part.NOTES),
}


@dataclass
class PlaceList:
    """A list that has been read: by people's ids, and with the rooms that it brings itself."""

    places: dict[int, int] = field(default_factory=dict)
    parts: dict[int, Part] = field(default_factory=dict)
    rooms: list[str] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)


def places_in(round_: Round, text: str) -> PlaceList:
    """What a list says about a round."""
    table = read(text, COLUMNS, ("room",))
    if not table.complaints:
        return _Reading(round_, table).result
    return PlaceList(complaints=table.complaints)


class _Reading:
    """People are found by their number, else by mail address, else by name."""

    def __init__(self, round_: Round, table: Table) -> None:
        self.result = PlaceList()
        topics = [topic.title for topic in room_topics(round_, 0)]
        if not topics:
            self.result.rooms = topics = self._rooms_of(table)
        self.rooms = _numbers(topics)
        self.people = _known_people(round_.event_id)
        for line in table.lines:
            self._take(line)

    def _rooms_of(self, table: Table) -> list[str]:
        """Where nothing is planned yet, the rooms are those of the list."""
        named = list(dict.fromkeys(line["room"][:LONGEST_TOPIC] for line in table.lines))
        if len(named) > MOST_TOPICS:
            self._complain(0, _("There are more than %(most)d rooms.", most=MOST_TOPICS))
        return [name for name in named if name][:MOST_TOPICS]

    def _take(self, line: Line) -> None:
        person = self._person(line)
        number = self.rooms.get(line["room"][:LONGEST_TOPIC].casefold())
        if number is None:
            self._complain(line.number, _("There is no room “%(room)s”.", room=line["room"]))
        if person is None or number is None:
            return
        if person.id in self.result.places:
            words = _("%(name)s stands in the list twice.", name=person.name)
            self._complain(line.number, words)
        self.result.places[person.id] = number
        self._take_part(line, person)

    def _take_part(self, line: Line, person: Participant) -> None:
        """Who leads a talk, and who takes notes, if the list says so."""
        said = line["part"]
        if said and said.casefold() not in PARTS:
            words = _("There is no role “%(role)s”: write “facilitator” or “notes”.", role=said)
            self._complain(line.number, words)
        elif said:
            self.result.parts[person.id] = PARTS[said.casefold()]

    def _person(self, line: Line) -> Participant | None:
        said = line["number"] or line["email"] or line["name"]
        found = self.people.get(said.casefold(), [])
        if len(found) == 1 and found[0].role == Role.PARTICIPANT:
            return found[0]
        if not said:
            words = _("Nobody is named.")
        elif not found:
            words = _("Nobody called “%(name)s” is in this event.", name=said)
        elif len(found) > 1:
            words = _("Several people are called “%(name)s”: give their number.", name=said)
        else:
            words = _("“%(name)s” leads the event, and stays out of the rooms.", name=said)
        self._complain(line.number, words)
        return None

    def _complain(self, number: int, words: str) -> None:
        self.result.complaints.append(Complaint(number, words))


def _numbers(topics: Sequence[str]) -> dict[str, int]:
    """The number of each room, by what a list may call it: its title, else its number."""
    numbers = {str(number): number for number in range(1, len(topics) + 1)}
    for number, title in reversed(list(enumerate(topics, 1))):
        if title:
            numbers[title.casefold()] = number
    return numbers


def _known_people(event_id: int) -> Mapping[str, list[Participant]]:
    """Everybody in the event, by their number, mail address and name."""
    rows = db.session.execute(
        select(Participant, Account.email)
        .outerjoin(Account, Account.id == Participant.account_id)
        .where(Participant.event_id == event_id, Participant.removed_at.is_(None))
        .order_by(Participant.id)
    )
    people: dict[str, list[Participant]] = defaultdict(list)
    for person, email in rows:
        for said in {str(person.id), (email or "").casefold(), person.name.casefold()} - {""}:
            people[said].append(person)
    return people
