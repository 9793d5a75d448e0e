"""Tables as files: CSV and XLSX, in which nothing that people wrote becomes a formula.

Pure: rows in, bytes out.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

Cell = str | int | None
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\x00")
WIDEST = 60  # letters of a column
# Where another separator than ours, or a line's end, begins a cell within a cell.
FORMULA_WITHIN = re.compile(r"""([;\t\r\n][\s"]*)(?=[=+\-@＝＋－＠])""")
LONGEST_CELL = 32_767  # characters, which is what a spreadsheet takes
WRONG_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


@dataclass(frozen=True)
class Table:
    """A named table with a heading for each column."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(table: Table) -> bytes:
    """One table as CSV; the mark at its beginning tells spreadsheets that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(column) for column in table.columns])
    writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def harmless(cell: Cell) -> Cell:
    """A cell of CSV that no spreadsheet takes for a formula: it stays text behind an apostrophe.

    Where people's decimals have commas, spreadsheets take a semicolon for the end of a cell.
    """
    if not isinstance(cell, str):
        return cell
    text = FORMULA_WITHIN.sub(r"\1'", cell)
    return f"'{text}" if cell.startswith(FORMULA_STARTS) else text


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """The tables as the sheets of one workbook; every text is kept as text."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        for table in tables:
            _add_sheet(book, table)
    return out.getvalue()


def _add_sheet(book: xlsxwriter.Workbook, table: Table) -> None:
    sheet = book.add_worksheet(table.name.translate(WRONG_IN_NAMES)[:31])
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, heading)
        sheet.set_column(column, column, _width(table, column))
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, body)
            elif cell:
                sheet.write_string(number, column, cell[:LONGEST_CELL], body)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _width(table: Table, column: int) -> int:
    cells = (str(row[column] or "") for row in table.rows)
    longest = max((len(line) for cell in cells for line in cell.splitlines()), default=0)
    return min(WIDEST, 2 + max(longest, len(table.columns[column])))
