"""What a file is, by its content: what is taken, what is refused, and what is left out of it."""

import contextlib
import io
import struct
import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.files import office
from app.files.content import examine
from app.files.kinds import Fault, FileKind, Unfit
from tests.files.samples import (
    SHEET,
    SLIDES,
    WORD,
    archive,
    open_document,
    photo,
    picture,
)
from tests.files.samples import office as document
from tests.files.samples import pdf as pdf_of


def fault_of(data: bytes, name: str = "x") -> Fault:
    """Why these bytes are refused."""
    with pytest.raises(Unfit) as refused:
        examine(data, name)
    return refused.value.fault


def opened(data: bytes) -> Image.Image:
    """A picture, decoded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (pdf_of(), "report.pdf", FileKind.PDF),
        (document(WORD), "letter.docx", FileKind.DOCX),
        (document(SHEET), "table.xlsx", FileKind.XLSX),
        (document(SLIDES), "talk.pptx", FileKind.PPTX),
        (open_document("text"), "letter.odt", FileKind.ODT),
        (open_document("spreadsheet"), "table.ods", FileKind.ODS),
        (open_document("presentation"), "talk.odp", FileKind.ODP),
        ("Grüße aus Köln\n1 < 2".encode(), "note.txt", FileKind.TXT),
        ("Größe;Zahl\nä;1".encode("cp1252"), "table.csv", FileKind.CSV),
        ("Größe;Zahl".encode("utf-16"), "table.CSV", FileKind.CSV),
        (b"BMW and PKW are two letters too many for a signature", "cars.txt", FileKind.TXT),
        (picture("PNG"), "p.png", FileKind.PNG),
        (picture("JPEG"), "p.jpg", FileKind.JPEG),
        (picture("WEBP"), "p.webp", FileKind.WEBP),
        (picture("GIF"), "p.gif", FileKind.PNG),
    ],
)
def test_content_says_what_it_is(data, name, kind):
    assert examine(data, name).kind == kind
    assert examine(data, "program.exe").kind in (kind, FileKind.TXT)


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"  \n<html><body onload=alert(1)>",
        b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!-- only a note --> <svg/>",
        b"<?xml version='1.0'?><x/>",
        b"hello\n<script>alert(1)</script>",
        "<html>".encode("utf-16"),
        b"MZ\x90\x00\x03\x00\x00\x00",
        b"\x7fELF\x02\x01\x01",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"\x00\x01\x02",
        b"Rar!\x1a\x07\x00",
        b"{\\rtf1\\ansi hello}",
    ],
)
def test_programs_and_web_pages_are_refused_whatever_they_are_called(data):
    for name in ("note.txt", "table.csv", "picture.png", "report.pdf"):
        assert fault_of(data, name) == Fault.UNKNOWN


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-", b"PK\x03\x04", b"GIF89a", b"\xff\xd8\xff"]),
)
def test_whatever_comes_is_taken_or_refused(data, beginning):
    try:
        kept = examine(beginning + data, "x.txt")
    except Unfit:
        return
    assert kept.data


def test_an_empty_file_is_refused():
    assert fault_of(b"") == Fault.EMPTY


def test_a_picture_of_a_phone_that_nobody_else_can_show_is_refused_with_advice():
    assert fault_of(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00") == Fault.PHONE_PICTURE


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n" + b"stream\n" * 800_000 + b"%%EOF",
        b"%PDF-1.7\n" + b"stream\nendstream" * 300_000 + b"%%EOF",
        b"%PDF-1.7\n" + b"/J#61" * 1_000_000 + b"%%EOF",
        b"%PDF-1.7\n" + b"ObjStm stream\n\nendstream " * 200_000 + b"%%EOF",
        b"<!---->" * 900_000,
        b"< " * 3_000_000,
        b" " * 6_000_000,
    ],
)
def test_no_arrangement_of_bytes_takes_long(data):
    began = time.process_time()
    with contextlib.suppress(Unfit):
        examine(data, "x.txt")
    assert time.process_time() - began < 2


class TestPictures:
    """Drawn anew."""

    def test_place_and_camera_are_gone_and_the_picture_is_upright(self):
        kept = examine(photo(orientation=6), "photo.jpg")
        image = opened(kept.data)
        assert image.size == (kept.width, kept.height) == (30, 40)
        assert not image.getexif()
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert b"Secret" not in kept.data + kept.preview
        top, bottom = image.getpixel((15, 3)), image.getpixel((15, 36))
        assert top[0] > 200 > top[2]  # what was at the left is above
        assert bottom[2] > 200 > bottom[0]

    def test_text_beside_the_pixels_is_gone(self):
        from PIL.PngImagePlugin import PngInfo

        notes = PngInfo()
        notes.add_text("Author", "Secret person")
        kept = examine(picture("PNG", pnginfo=notes), "p.png")
        assert b"Secret" not in kept.data
        assert not opened(kept.data).info

    @pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "WEBP"])
    def test_what_hangs_on_a_picture_is_not_passed_on(self, format):
        payload = b"<script>alert(1)</script>" + archive({"x.html": "<script>"})
        kept = examine(picture(format) + payload, "p.gif")
        assert b"<script>" not in kept.data
        assert b"PK\x05\x06" not in kept.data

    def test_a_large_one_becomes_smaller_and_gets_a_small_one(self):
        kept = examine(picture("JPEG", (5000, 2500)), "p.jpg")
        assert (kept.width, kept.height) == (2560, 1280)
        assert opened(kept.preview).size == (640, 320)

    def test_of_a_moving_picture_the_first_stays(self):
        frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
        file = io.BytesIO()
        frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
        image = opened(examine(file.getvalue(), "p.gif").data)
        assert getattr(image, "n_frames", 1) == 1
        assert image.convert("RGB").getpixel((1, 1)) == (254, 0, 0) or image.convert(
            "RGB"
        ).getpixel((1, 1)) == (255, 0, 0)

    @pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
    def test_all_ways_of_colour_are_taken(self, mode):
        file = io.BytesIO()
        Image.new(mode, (9, 9)).save(file, "PNG")
        kept = opened(examine(file.getvalue(), "p.png").data)
        assert kept.mode == ("RGBA" if mode in ("RGBA", "LA") else "RGB")

    def test_a_bomb_of_pixels_is_refused_before_it_is_unpacked(self):
        def chunk(kind: bytes, data: bytes) -> bytes:
            return (
                struct.pack(">I", len(data))
                + kind
                + data
                + struct.pack(">I", zlib.crc32(kind + data))
            )

        for side in (8_000, 12_000, 60_000):
            header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            bomb = (
                b"\x89PNG\r\n\x1a\n"
                + header
                + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
                + chunk(b"IEND", b"")
            )
            assert fault_of(bomb) == Fault.TOO_MANY_PIXELS

    @pytest.mark.parametrize(
        "data", [b"GIF89a=1;alert(1)", b"\xff\xd8\xff<script>", picture()[:60], b"GIF89a<html>"]
    )
    def test_what_only_begins_like_one_is_refused(self, data):
        assert fault_of(data) == Fault.BROKEN


class TestPdf:
    """Downloads only, and nothing plainly active."""

    @pytest.mark.parametrize(
        "action",
        [
            b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>",
            b"/AA<</O<</S/Launch/F(cmd.exe)>>>>",
            b"/OpenAction<</S/J#61vaScript/J#53(app.alert(1))>>",
            b"/Names<</JavaScript 5 0 R>>",
        ],
    )
    def test_programs_in_it_are_found(self, action):
        data = pdf_of(b"1 0 obj<</Type/Catalog" + action + b">>endobj\n")
        assert fault_of(data) == Fault.SCRIPTS

    def test_also_in_packed_objects(self):
        packed = zlib.compress(b"<</S/JavaScript/JS(app.alert(1))>>")
        stream = b"5 0 obj<</Type/ObjStm/N 1/First 4>>stream\r\n" + packed + b"\nendstream endobj\n"
        assert fault_of(pdf_of(stream)) == Fault.SCRIPTS

    def test_a_bomb_of_packed_objects_is_refused(self):
        packed = zlib.compress(b"\0" * 70_000_000)
        stream = b"5 0 obj<</Type/ObjStm>>stream\n" + packed + b"\nendstream endobj\n"
        assert fault_of(pdf_of(stream)) == Fault.PACKED

    def test_letters_in_a_picture_are_no_program(self):
        stream = b"5 0 obj<</Subtype/Image>>stream\n\x01/JS \x02/Launches \nendstream endobj\n"
        assert examine(pdf_of(stream), "x.pdf").kind == FileKind.PDF

    def test_one_that_is_an_archive_or_not_whole_is_refused(self):
        assert fault_of(pdf_of() + archive({"x.html": "<script>"})) == Fault.BROKEN
        assert fault_of(b"%PDF-1.7\n<html><script>") == Fault.BROKEN
        assert fault_of(pdf_of() + b"<html>" * 1000) == Fault.BROKEN

    def test_a_web_page_before_it_makes_it_none(self):
        assert fault_of(b"<html><script>alert(1)</script>\n" + pdf_of()) == Fault.UNKNOWN


class TestOffice:
    """Archives of a known make."""

    @pytest.mark.parametrize(
        "data",
        [
            document(more={"word/vbaProject.bin": b"x"}),
            document(more={"xl/macrosheets/sheet1.xml": "x"}),
            document(
                WORD.replace(
                    "openxmlformats-officedocument.wordprocessingml.document",
                    "ms-word.document.macroEnabled",
                )
            ),
            open_document(more={"Basic/Standard/Module1.xml": "x"}),
            open_document(more={"Scripts/python/evil.py": "x"}),
        ],
    )
    def test_macros_are_refused(self, data):
        assert fault_of(data) == Fault.MACROS

    @pytest.mark.parametrize(
        "data",
        [
            archive({"x.txt": "only an archive"}),
            archive(
                {"index.html": "<script>", "mimetype": "application/vnd.oasis.opendocument.text"}
            ),
            document("application/java-archive"),
        ],
    )
    def test_other_archives_are_refused(self, data):
        assert fault_of(data) == Fault.UNKNOWN

    def test_what_stands_before_or_after_an_archive_is_refused(self):
        assert fault_of(document() + b"<script>alert(1)</script>") == Fault.BROKEN
        assert fault_of(archive({"a": "x"}) + document()) == Fault.BROKEN

    def test_bombs_are_refused_before_they_are_unpacked(self, monkeypatch):
        assert fault_of(document(more={"word/a.xml": b"\0" * 30_000_000})) == Fault.PACKED
        monkeypatch.setattr(office, "MOST_UNPACKED", 1000)
        assert fault_of(document(more={"word/a.xml": bytes(range(256)) * 10})) == Fault.PACKED
        monkeypatch.undo()
        monkeypatch.setattr(office, "MOST_ENTRIES", 10)
        assert fault_of(document(more={f"word/{n}": "x" for n in range(20)})) == Fault.PACKED

    def test_a_size_that_is_a_lie_is_found(self):
        data = bytearray(document(more={"word/a.xml": b"\0" * 500_000}))
        honest = struct.pack("<I", 500_000)
        assert data.count(honest) >= 1
        assert fault_of(bytes(data).replace(honest, struct.pack("<I", 500))) == Fault.BROKEN

    def test_names_that_lead_out_are_refused(self):
        assert fault_of(document(more={"../../etc/passwd": "x"})) == Fault.BROKEN

    def test_what_a_parser_would_choke_on_is_refused(self):
        laughs = '<!DOCTYPE t [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><Types>&b;</Types>'
        assert fault_of(archive({"[Content_Types].xml": laughs})) == Fault.BROKEN

    def test_a_locked_one_is_refused_with_advice(self):
        data = bytearray(document())
        at = data.find(b"PK\x01\x02")
        while at != -1:
            data[at + 8] |= 1
            at = data.find(b"PK\x01\x02", at + 4)
        assert fault_of(bytes(data)) == Fault.LOCKED
