import pytest

from app.spaces.tables import decoded, read

COLUMNS = {"name": (), "municipality": ("kommune",), "email": ("e-mail",)}


@pytest.fixture(autouse=True)
def words(app):
    """Complaints are said in a language."""
    with app.test_request_context():
        yield


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_spreadsheets_are_read_as_they_are_saved(separator, end, encoding):
    rows = [["Name", " KOMMUNE ", "unknown"], ["Jürgen Weiß", "Bad  Köstritz ", "x"]]
    text = "".join(separator.join(row) + end for row in rows)
    table = read(decoded(text.encode(encoding)), COLUMNS, ["name"])
    assert table.complaints == []
    (line,) = table.lines
    assert (line.number, line["name"]) == (2, "Jürgen Weiß")
    assert (line["municipality"], line["email"]) == ("Bad Köstritz", "")


def test_lines_are_counted_as_the_spreadsheet_counts_them():
    text = 'name,municipality\n"two\nlines",x\n,\n\nlast,"with, comma"\n'
    table = read(text, COLUMNS, ["name"])
    assert [(line.number, line["name"]) for line in table.lines] == [(2, "two lines"), (5, "last")]
    assert table.lines[1]["municipality"] == "with, comma"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("municipality\nx\n", 1),
        ("", 1),
        ("name\n", 0),
        ("name\n" + "x" * 201 + "\n", 2),
        ("name\n" + "x\n" * 1001, 0),
        ("name\n" + "x" * 200_001, 0),
        ("name\n" + '"' + "x" * 140_000 + '"', 0),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, number):
    table = read(text, COLUMNS, ["name"])
    assert [complaint.number for complaint in table.complaints][:1] == [number]


def test_any_bytes_are_some_text():
    assert decoded(bytes(range(256)))
    read(decoded(bytes(range(256))), COLUMNS, ["name"])
