"""A programme's structure as lists bring it: what there is already, and what would be made.

Looking changes nothing, and the lists may come again and again: who and what is known by its name
or mail address is not made twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

from app.accounts.models import Account
from app.permissions import SpaceRole
from app.spaces.known import Known
from app.spaces.models import Space, SpaceKind
from app.spaces.names import KIND_NAMES
from app.spaces.rolls import Entry, read_roll
from app.spaces.tables import Complaint, Line, Table, read
from app.submissions import one_line

MUNICIPALITY_COLUMNS = {
    "name": ("municipality", "kommune"),
    "kind": ("art",),
    "state": ("land", "bundesland"),
    "cluster": (),
}
GROUP_WORDS = {
    "steering": SpaceKind.STEERING,
    "steering group": SpaceKind.STEERING,
    "steuerung": SpaceKind.STEERING,
    "steuerungsgruppe": SpaceKind.STEERING,
    "implementation": SpaceKind.IMPLEMENTATION,
    "implementation group": SpaceKind.IMPLEMENTATION,
    "umsetzung": SpaceKind.IMPLEMENTATION,
    "umsetzungsgruppe": SpaceKind.IMPLEMENTATION,
}


@dataclass(frozen=True)
class Spot:
    """A place in the programme, by names: the top, a cluster, or a group in either."""

    cluster: str = ""
    kind: SpaceKind = SpaceKind.PROGRAMME
    group: str = ""

    @property
    def key(self) -> tuple[str, SpaceKind, str]:
        """By what it is known again."""
        named = self.group if self.kind is SpaceKind.FREE else ""
        return self.cluster.casefold(), self.kind, named.casefold()

    @property
    def above(self) -> "Spot | None":
        """The spot that it is below."""
        if self.kind is SpaceKind.PROGRAMME:
            return None
        is_group = self.kind is not SpaceKind.CLUSTER
        return Spot(self.cluster, SpaceKind.CLUSTER) if is_group and self.cluster else Spot()

    @property
    def name(self) -> str:
        """What it is called when it is made."""
        if self.kind is SpaceKind.CLUSTER:
            return self.cluster
        if self.kind is SpaceKind.FREE:
            return self.group
        return f"{KIND_NAMES[self.kind]} {self.cluster}".strip()


@dataclass(frozen=True)
class NewMunicipality:
    """A municipality that is not in the list yet."""

    name: str
    kind: str
    state: str
    cluster: str
    number: int  # of the line that brings it


@dataclass(frozen=True)
class Part:
    """What somebody in the lists is to be, and where."""

    entry: Entry
    spots: Mapping[Spot, SpaceRole]


@dataclass
class ProgrammePlan:
    """What two lists would make of a programme."""

    municipalities: dict[str, NewMunicipality] = field(default_factory=dict)
    spots: dict[tuple[str, SpaceKind, str], Spot] = field(default_factory=dict)  # to be made
    invited: list[Part] = field(default_factory=list)  # get a mail
    noted: list[Part] = field(default_factory=list)  # have no mail address yet
    admitted: list[Part] = field(default_factory=list)  # are in the programme, and go on
    widened: list[Part] = field(default_factory=list)  # are invited, and to more now
    unchanged: int = 0
    complaints: list[tuple[str, Complaint]] = field(default_factory=list)  # with the list's name

    @property
    def is_empty(self) -> bool:
        """Whether all of it is there already."""
        people = self.invited or self.noted or self.admitted or self.widened
        return not (self.municipalities or self.spots or people)


def planned(
    root: Space, lead: Account, people: str, municipalities: str, *, with_groups: bool
) -> ProgrammePlan:
    """What would be made of these lists, which `lead` brings."""
    plan, known = ProgrammePlan(), Known(root, lead)
    places = read(municipalities, MUNICIPALITY_COLUMNS, ("name",)) if municipalities else Table()
    entries, roll = read_roll(people, ("name",)) if people else ([], Table())
    for line in places.lines:
        _plan_municipality(plan, known, places, _municipality(line))
    for entry in entries:
        _plan_municipality(plan, known, roll, _municipality_of(entry))
        if entry.role == SpaceRole.READER:
            roll.complain(entry.number, _("People who only read along are invited one by one."))
    clusters = [line["cluster"] for line in places.lines] + [entry.cluster for entry in entries]
    for spot in _spots_of_clusters(clusters, with_groups=with_groups):
        _plan_spot(plan, known, spot)
    for entry in entries:
        for name in _plan_person(plan, known, entry):
            words = _("Who comes into “%(space)s”, its coordinators say.", space=name)
            roll.complain(entry.number, words)
    if not (places.lines or entries or places.complaints or roll.complaints):
        roll.complain(0, _("Please choose a list."))
    plan.complaints = [
        *((_("Municipalities"), complaint) for complaint in _sorted(places)),
        *((_("People"), complaint) for complaint in _sorted(roll)),
    ]
    return plan


def _sorted(table: Table) -> list[Complaint]:
    return sorted(table.complaints, key=lambda complaint: complaint.number)


def _municipality(line: Line) -> NewMunicipality:
    return NewMunicipality(
        name=one_line(line["name"]),
        kind=line["kind"],
        state=line["state"],
        cluster=one_line(line["cluster"]),
        number=line.number,
    )


def _municipality_of(entry: Entry) -> NewMunicipality:
    return NewMunicipality(entry.municipality, "", entry.state, entry.cluster, entry.number)


def _plan_municipality(
    plan: ProgrammePlan, known: Known, table: Table, new: NewMunicipality
) -> None:
    """One that is known by name stays as it is; two lines must not contradict each other."""
    key = new.name.casefold()
    if not key or key in known.municipalities:
        return
    other = plan.municipalities.setdefault(key, new)
    if new.state and other.state and new.state.casefold() != other.state.casefold():
        words = _("%(name)s is said to be in two states.", name=new.name)
        table.complain(new.number, words)


def _spots_of_clusters(names: Iterable[str], *, with_groups: bool) -> Iterator[Spot]:
    for name in dict.fromkeys(name for name in names if name):
        yield Spot(name, SpaceKind.CLUSTER)
        if with_groups:
            yield Spot(name, SpaceKind.STEERING)
            yield Spot(name, SpaceKind.IMPLEMENTATION)


def _plan_spot(plan: ProgrammePlan, known: Known, spot: Spot) -> None:
    if spot.key not in known.spaces:
        plan.spots.setdefault(spot.key, spot)


def _plan_person(plan: ProgrammePlan, known: Known, entry: Entry) -> list[str]:
    """Returns the names of spaces which others look after, and which this would open."""
    part = Part(entry, _spots_of(entry))
    for spot in part.spots:
        _plan_spot(plan, known, spot)
    account, invitation = known.account(entry), known.invitation(entry)
    there: set[int] = set()
    addressed: list[Space] = []
    if account is not None:
        there = {space.id for space in known.spaces.values() if known.is_in(account, space)}
        target = plan.admitted
    elif invitation is not None:
        there = {place.space_id for place in invitation.places}
        if entry.email is not None and invitation.email is None:
            addressed = [place.space for place in invitation.places]
        target = plan.widened
    else:
        target = plan.invited if entry.email else plan.noted
    if there and not addressed and not _is_more(known, part, there):
        plan.unchanged += 1
        return []
    target.append(part)
    opened = {space.id: space.name for space in [*_opened(known, part, there), *addressed]}
    return [name for id, name in opened.items() if not known.is_led(id)]


def _is_more(known: Known, part: Part, there: set[int]) -> bool:
    """Whether somebody is to be anywhere where they are not yet."""
    spaces = [known.spaces.get(spot.key) for spot in part.spots]
    return any(space is None or space.id not in there for space in spaces)


def _opened(known: Known, part: Part, there: set[int]) -> Iterator[Space]:
    """The spaces that are there already, and in which somebody would be, or be more."""
    for spot, role in part.spots.items():
        space = known.spaces.get(spot.key)
        if space is not None and (space.id not in there or role == SpaceRole.COORDINATOR):
            yield space


def _spots_of(entry: Entry) -> dict[Spot, SpaceRole]:
    """Where somebody belongs; their role is that of the lowest places, above they are members."""
    spots = {Spot(): SpaceRole.MEMBER}
    if entry.cluster:
        spots[Spot(entry.cluster, SpaceKind.CLUSTER)] = SpaceRole.MEMBER
    lowest = list(spots)[-1:]
    if entry.groups:
        lowest = [_group(entry.cluster, name) for name in entry.groups]
    return {**spots, **dict.fromkeys(lowest, entry.role)}


def _group(cluster: str, name: str) -> Spot:
    kind = GROUP_WORDS.get(name.casefold(), SpaceKind.FREE)
    return Spot(cluster, kind, name if kind is SpaceKind.FREE else "")
