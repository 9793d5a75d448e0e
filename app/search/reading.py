"""Reads the text of a document: run as a program of its own, `reading.py KIND PATH`.

It knows nothing of the application, and may use so much time and memory and no more: a document
that means harm, or is broken, costs this process only. What is read is written to standard output.
"""

import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

LONGEST = 100_000  # characters that are read of a document
MOST_PAGES = 300
LARGEST_PART = 30 * 1024 * 1024  # bytes of a part of an office document
MEMORY = 1024 * 1024 * 1024  # bytes
SECONDS = 20  # of computing
PARTS = {
    "docx": re.compile(r"word/(document|footnotes|header\d*|footer\d*)\.xml"),
    "pptx": re.compile(r"ppt/(slides|notesSlides)/\w+\.xml"),
    "xlsx": re.compile(r"xl/sharedStrings\.xml"),
    "odt": re.compile(r"content\.xml"),
    "ods": re.compile(r"content\.xml"),
    "odp": re.compile(r"content\.xml"),
}
PARAGRAPHS = frozenset({"p", "h", "si"})


def main(kind: str, path: str) -> None:
    """Write the text of a document, as far as it is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    written = 0
    for piece in pieces(kind, path):
        tidy = " ".join(piece.split())[: LONGEST - written]
        written += len(tidy) + 1
        if tidy:
            sys.stdout.buffer.write(tidy.encode("utf-8", "ignore") + b"\n")
            sys.stdout.buffer.flush()
        if written >= LONGEST:
            return


def pieces(kind: str, path: str) -> Iterator[str]:
    """The text, piece by piece: what comes before a fault is kept."""
    if kind == "pdf":
        yield from _pages(path)
    elif kind in PARTS:
        yield from _parts(path, PARTS[kind])
    elif kind in ("txt", "csv"):
        with open(path, "rb") as file:
            yield file.read(4 * LONGEST).decode("utf-8", "replace")


def _pages(path: str) -> Iterator[str]:
    from pypdf import PdfReader

    for page in PdfReader(path).pages[:MOST_PAGES]:
        yield page.extract_text()


def _parts(path: str, wanted: re.Pattern[str]) -> Iterator[str]:
    from defusedxml import ElementTree

    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if wanted.fullmatch(entry.filename) and entry.file_size <= LARGEST_PART:
                yield from _paragraphs(ElementTree.fromstring(archive.read(entry)))


def _paragraphs(root: Any) -> Iterator[str]:
    """Each paragraph without the paragraphs in it, which come for themselves."""
    for element in root.iter():
        if _name(element) in PARAGRAPHS:
            yield "".join(_words(element))


def _words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _name(child) not in PARAGRAPHS:
            yield from (" ",) if _name(child) in ("tab", "br", "s", "line-break") else ()
            yield from _words(child)
        yield child.tail or ""


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


if __name__ == "__main__":
    main(*sys.argv[1:])
