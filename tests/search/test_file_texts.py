import io
import logging
import zipfile

import pytest
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from app.extensions import db
from app.files.kinds import FileKind
from app.files.models import File
from app.files.storage import path_of
from app.search import file_texts, reading
from app.search.file_texts import find_unread, read_file, text_of
from tests.factories import make_forum, make_member, make_post, make_space, make_thread
from tests.search.worlds import found, keep_file, reader

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def pdf(text):
    """A PDF with one line on each of its pages."""
    writer = PdfWriter()
    for line in text.splitlines():
        page = writer.add_blank_page(300, 300)
        font = DictionaryObject()
        for name, value in (("Type", "Font"), ("Subtype", "Type1"), ("BaseFont", "Helvetica")):
            font[NameObject(f"/{name}")] = NameObject(f"/{value}")
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = StreamObject()
        stream._data = f"BT /F1 12 Tf 20 100 Td ({line}) Tj ET".encode("latin-1")
        page[NameObject("/Contents")] = writer._add_object(stream)
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def archive(**parts):
    """An office document of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return data.getvalue()


def docx(*paragraphs):
    lines = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    body = f'<w:document xmlns:w="{WORD}"><w:body>{lines}</w:body></w:document>'
    return archive(word__document=body)


def odt(text):
    body = f'<office xmlns:text="{OFFICE}"><text:p>{text}<text:s/>und mehr</text:p></office>'
    return archive(content=body)


BOMB = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:p xmlns:w="w"><w:t>&b;</w:t></w:p>"""


@pytest.fixture
def read(tmp_path):
    """The text of a document of these bytes."""

    def text(kind, data):
        path = tmp_path / "document"
        path.write_bytes(data)
        return text_of(FileKind(kind), path)

    return text


@pytest.mark.parametrize(
    ("kind", "data", "text"),
    [
        ("pdf", pdf("Familienzentrum\nKosten"), "Familienzentrum\nKosten"),
        ("docx", docx("Frühe Hilfen", "im Quartier"), "Frühe Hilfen\nim Quartier"),
        ("odt", odt("Bericht"), "Bericht und mehr"),
        ("txt", "Straße\n\n  und   Haus".encode(), "Straße und Haus"),
        ("csv", b"a;b\n1;2", "a;b 1;2"),
        ("png", b"whatever", ""),
    ],
)
def test_the_text_of_a_document_is_read(read, kind, data, text):
    assert read(kind, data) == text


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("pdf", b"%PDF-1.4 nothing that any reader knows"),
        ("pdf", pdf("Familienzentrum")[:200]),
        ("docx", b"PK\x03\x04 broken"),
        ("docx", archive(word__document="<w:p")),
        ("docx", archive(word__document=BOMB)),
    ],
)
def test_a_broken_document_is_one_line_in_the_log(read, caplog, kind, data):
    with caplog.at_level(logging.WARNING, "app.search"):
        assert read(kind, data) == ""
    (record,) = caplog.records
    assert "\n" not in record.getMessage()


def test_a_document_that_takes_too_long_is_given_up(read, caplog, monkeypatch):
    monkeypatch.setattr(file_texts, "LONGEST_WAIT", 0.01)
    assert read("docx", docx("Frühe Hilfen")) == ""
    assert "it took too long" in caplog.text


def test_no_more_is_read_than_is_bearable(read):
    many = docx(*("Wort " * 100 for _ in range(1000)))
    assert reading.LONGEST * 0.9 < len(read("docx", many)) <= reading.LONGEST


@pytest.fixture
def file(app):
    space = make_space()
    anna = make_member(space)
    post = make_post(make_thread(make_forum(space), anna, "Pläne"), anna, "im Anhang")
    made = keep_file(post, "0a" * 16, None, FileKind.DOCX)
    path_of(made).parent.mkdir(parents=True, exist_ok=True)
    path_of(made).write_bytes(docx("Das Familienzentrum"))
    return made, reader(anna)


def test_a_file_is_found_by_its_text_once_it_was_read(file):
    made, anna = file
    assert found(anna, "Familienzentren") == []
    read_file(made.id)
    assert found(anna, "Familienzentren") == [f"file {made.id}"]
    assert db.session.get_one(File, made.id).text == "Das Familienzentrum"


def test_what_was_lost_on_the_way_is_read_later(app, file, monkeypatch):
    made, _anna = file
    told = []
    monkeypatch.setattr(file_texts, "later", lambda task, id: told.append((task, id)))
    find_unread()
    assert told == [(read_file, made.id)]
    read_file(made.id)
    find_unread()
    assert len(told) == 1


def test_a_file_that_is_gone_is_nothing_to_read(app):
    read_file(12345)
