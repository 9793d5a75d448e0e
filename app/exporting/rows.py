"""The tables that a poll's shape becomes: one for CSV, seven for a workbook."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from app.breakouts.models import Kind
from app.commitments import NAMES, State
from app.exporting.shapes import Shape
from app.exporting.tables import Cell, Table

Column = tuple[str, Callable[[Shape], Any]]


def one_table(shape: Shape) -> Table:
    """Each concern on a line with all that stands under its aspect; then aspects without one."""
    aspects = {aspect["id"]: aspect | _from_rooms(aspect) for aspect in shape["aspects"]}
    lines = [(concern, aspects.get(concern["aspect"], {})) for concern in shape["concerns"]]
    told = {concern["aspect"] for concern in shape["concerns"]}
    lines += [({}, aspect) for id, aspect in aspects.items() if id not in told]
    own, under = _concern_columns(shape), [*_aspect_columns(), *_under_aspects()]
    rows = [[*_row(own, concern), *_row(under, aspect)] for concern, aspect in lines]
    return Table(_("Concerns"), [name for name, _value in (*own, *under)], rows)


def all_tables(shape: Shape) -> list[Table]:
    """Each kind on a sheet of its own, tied together by the ids."""
    return [
        _table(_("Concerns"), [*_concern_columns(shape), _to_aspect()], shape["concerns"]),
        _table(_("Aspects"), _aspect_columns(), shape["aspects"]),
        _under(shape, _("Official answers"), "answers", _answer_columns(shape)),
        _under(shape, _("Solution proposals"), "proposals", _proposal_columns(shape)),
        _under(shape, _("Rooms"), "rooms", _room_columns(shape)),
        _table(_("Contributions"), _contribution_columns(shape), _contributions(shape["aspects"])),
        _under(shape, _("Threads"), "threads", _thread_columns()),
    ]


def _under(shape: Shape, name: str, kind: str, columns: Sequence[Column]) -> Table:
    """A sheet of what stands under the aspects, each thing with the aspect's number."""
    return _table(name, [*columns, _to_aspect()], _of_all(shape["aspects"], kind))


def _of_all(aspects: Iterable[Shape], kind: str) -> list[Shape]:
    return [{**thing, "aspect": aspect["id"]} for aspect in aspects for thing in aspect[kind]]


def _from_rooms(aspect: Shape) -> Shape:
    """What was written in the rooms that had an aspect for their topic."""
    noted = [room for room in aspect["rooms"] if room["notes"]]
    return {"contributions": _contributions([aspect]), "noted": noted}


def _contributions(aspects: Iterable[Shape]) -> list[Shape]:
    """What was contributed in rooms, each with the number of its room and of its aspect."""
    rooms = _of_all(aspects, "rooms")
    return [
        {**each, "room": room["id"], "aspect": room["aspect"]}
        for room in rooms
        for each in room["contributions"]
    ]


def _get(name: str) -> Callable[[Shape], Any]:
    return lambda thing: thing.get(name)


def _state(answer: Shape) -> str:
    """What an official answer commits itself to, in words."""
    state = answer["commitment"]
    return str(NAMES[State(state)]) if state else ""


def _merged(proposal: Shape) -> str:
    return "\n".join(f"{each['id']} | {each['address']}" for each in proposal["merged"])


def _supported_as(concern: Shape) -> str:
    """What it said before, a line for each wording that is still supported: people, words."""
    return "\n".join(
        f"{each['me_too']} | {' '.join(each['text'].split())}" for each in concern["supported_as"]
    )


def _split_from(concern: Shape) -> str:
    """What it was split from, a line for each: the two that came of it, people, words."""
    return "\n".join(
        " | ".join(
            (
                " + ".join(str(id) for id in each["concerns"]),
                str(each["me_too"]),
                " ".join((each["text"] or "…").split()),
            )
        )
        for each in concern["split_from"]
    )


def _plain(what: str, text: str = "text") -> list[Column]:
    return [
        (_("%(what)s: no.", what=what), _get("id")),
        (what, _get(text)),
        (_("%(what)s: address", what=what), _get("address")),
    ]


def _written() -> Column:
    return _("Written at"), _get("written_at")


def _authors(shape: Shape) -> list[Column]:
    """Names stand in what moderators get, and nowhere else."""
    if not shape["has_names"]:
        return []
    return [(_("Author"), _get("author")), (_("Municipality or state"), _get("from"))]


def _concern_columns(shape: Shape) -> list[Column]:
    aside = [
        (_("Hidden"), _get("is_hidden")),
        (_("To be published"), _get("is_waiting")),
        (_("Off topic"), _get("is_off_topic")),
        (_("Reason"), _get("reason")),
    ]
    return [
        *_plain(_("Concern")),
        (_("Round"), _get("round")),
        _written(),
        (_("Me too"), _get("me_too")),
        (_("Supported as"), _supported_as),
        (_("Split from"), _split_from),
        *(aside if shape["has_names"] else []),
        *_authors(shape),
    ]


def _aspect_columns() -> list[Column]:
    return [
        *_plain(_("Aspect"), "title"),
        (_("Aspect: round"), _get("round")),
        (_("Chosen"), _get("is_chosen")),
        (_("People"), _get("people")),
    ]


def _to_aspect() -> Column:
    return _("Aspect no."), _get("aspect")


def _answer_columns(shape: Shape) -> list[Column]:
    return [
        *_plain(_("Official answer")),
        _written(),
        (_("On behalf of"), _get("organisation")),
        (_("Where it stands"), _state),
        (_("Why, in one line"), _get("why")),
        *_authors(shape),
    ]


def _proposal_columns(shape: Shape) -> list[Column]:
    return [
        *_plain(_("Solution proposal")),
        _written(),
        (_("Supporters"), _get("supporters")),
        (_("Comments"), _get("comments")),
        (_("Merged into it"), _merged),
        *_authors(shape),
    ]


def _room_columns(shape: Shape) -> list[Column]:
    hidden: list[Column] = [(_("Notes: hidden"), _get("notes_are_hidden"))]
    return [
        (_("Breakout round"), _get("round")),
        (_("Room"), _get("number")),
        *_plain(_("Name"), "name"),
        (_("Notes"), _get("notes")),
        *(hidden if shape["has_names"] else []),
        (_("What was discussed"), _get("discussed")),
        (_("What is asked of the centre"), _get("request")),
        (_("Ideas"), _get("ideas")),
    ]


def _contribution_columns(shape: Shape) -> list[Column]:
    hidden: list[Column] = [(_("Hidden"), _get("is_hidden"))]
    return [
        *_plain(_("Contribution")),
        (_("Kind"), _kind),
        _written(),
        *(hidden if shape["has_names"] else []),
        *_authors(shape),
        (_("Room no."), _get("room")),
        _to_aspect(),
    ]


def _kind(contribution: Shape) -> str:
    """What a contribution is, in a word."""
    words = {
        Kind.EXPERIENCE: _("Experience"),
        Kind.CONCERN: _("Concern"),
        Kind.IMPULSE: _("Impulse"),
    }
    return words[Kind(contribution["kind"])]


def _thread_columns() -> list[Column]:
    return [*_plain(_("Thread"), "title"), (_("Posts"), _get("posts"))]


def _under_aspects() -> list[Column]:
    """What stands under an aspect, a line for each: number, address, words."""
    return [
        (_("Official answers"), _lines("answers", _get("text"))),
        (_("Solution proposals"), _lines("proposals", _get("text"))),
        (_("Supporters of each"), _lines("proposals", _get("supporters"))),
        (_("Rooms"), _lines("rooms", lambda room: f"{room['round']}: {room['name']}")),
        (_("Contributions"), _lines("contributions", _get("text"))),
        (_("Notes"), _lines("noted", _get("notes"))),
        (_("Threads"), _lines("threads", _get("title"))),
    ]


def _lines(kind: str, words: Callable[[Shape], Any]) -> Callable[[Shape], str]:
    def value(aspect: Shape) -> str:
        return "\n".join(
            f"{thing['id']} | {thing['address']} | {' '.join(str(words(thing)).split())}"
            for thing in aspect.get(kind, ())
        )

    return value


def _table(name: str, columns: Sequence[Column], things: Sequence[Shape]) -> Table:
    rows = [_row(columns, thing) for thing in things]
    return Table(name, [heading for heading, _value in columns], rows)


def _row(columns: Sequence[Column], thing: Shape) -> list[Cell]:
    return [_cell(value(thing)) if thing else None for _heading, value in columns]


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value  # type: ignore[no-any-return]
