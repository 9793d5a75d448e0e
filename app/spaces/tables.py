"""Tables as people upload them: a spreadsheet saved as CSV, with its first line naming columns.

Pure: bytes or text in, lines and complaints out. Spreadsheets write commas or semicolons, and
UTF-8 or what Windows took for it.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _

MOST_BYTES = 200_000
MOST_LINES = 1_000
LONGEST = 200  # characters of a cell


@dataclass(frozen=True)
class Line:
    """One line of a table, by the names of its columns."""

    number: int  # as the spreadsheet counts: the names of the columns are line 1
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Complaint:
    """What is wrong, and in which line; 0 stands for the table as a whole."""

    number: int
    words: str


@dataclass
class Table:
    """What has been read."""

    lines: list[Line] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)

    def complain(self, number: int, words: str) -> None:
        """Something is wrong in a line."""
        self.complaints.append(Complaint(number, words))


def decoded(data: bytes) -> str:
    """The text of a file, whatever program has written it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read(text: str, columns: Mapping[str, Iterable[str]], needed: Iterable[str]) -> Table:
    """The lines of a table; `columns` says under which names each column is known.

    Columns of other names are passed over, empty lines too.
    """
    table = Table()
    if len(text.encode()) > MOST_BYTES:
        table.complain(0, _("The file is too large. Please split it."))
        return table
    try:
        _read(table, _rows(text), columns, needed)
    except csv.Error:
        table.complain(0, _("This is not a table. Please save the spreadsheet as CSV."))
    return table


def _read(
    table: Table,
    rows: Iterator[list[str]],
    columns: Mapping[str, Iterable[str]],
    needed: Iterable[str],
) -> None:
    names = _names(next(rows, []), columns)
    for column in needed:
        if column not in names:
            table.complain(1, _("There is no column “%(column)s”.", column=column))
    if not table.complaints:
        _fill(table, rows, names)


def _rows(text: str) -> Iterator[list[str]]:
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text), delimiter=separator)


def _names(head: list[str], columns: Mapping[str, Iterable[str]]) -> dict[str, int]:
    """Where each column stands; the first of a name counts."""
    known = {
        name.casefold(): column for column, names in columns.items() for name in (column, *names)
    }
    found: dict[str, int] = {}
    for at, title in enumerate(head):
        column = known.get(title.strip().casefold())
        if column is not None:
            found.setdefault(column, at)
    return found


def _fill(table: Table, rows: Iterable[list[str]], names: Mapping[str, int]) -> None:
    for number, row in enumerate(rows, 2):
        cells = {column: _cell(row, at) for column, at in names.items()}
        if not any(cells.values()):
            continue
        if any(len(cell) > LONGEST for cell in cells.values()):
            table.complain(number, _("A cell is too long."))
        table.lines.append(Line(number, cells))
        if len(table.lines) > MOST_LINES:
            table.complain(0, _("There are more than %(most)d lines.", most=MOST_LINES))
            return
    if not table.lines:
        table.complain(0, _("There are no lines below the names of the columns."))


def _cell(row: list[str], at: int) -> str:
    return " ".join(row[at].split()) if at < len(row) else ""
