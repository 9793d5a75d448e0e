"""Office documents: archives of a known make, of bearable size, without macros."""

import io
import itertools
import struct
import zipfile
import zlib

from defusedxml import ElementTree

from app.files.kinds import Fault, FileKind, Unfit

MOST_ENTRIES = 5000
LONGEST_ENTRY = 300  # bytes of one in the list
END = struct.Struct("<4s8xI6x")  # the last record, with the length of the list
MOST_UNPACKED = 200 * 1024 * 1024  # bytes
MOST_RATIO = 200  # unpacked to packed, of entries that are large
LARGE = 1024 * 1024  # bytes
CHUNK = 256 * 1024
LONGEST_DESCRIPTION = 1024 * 1024  # bytes
MICROSOFT = {
    "wordprocessingml.document.main+xml": FileKind.DOCX,
    "spreadsheetml.sheet.main+xml": FileKind.XLSX,
    "presentationml.presentation.main+xml": FileKind.PPTX,
}
OPEN = {
    b"application/vnd.oasis.opendocument.text": FileKind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": FileKind.ODS,
    b"application/vnd.oasis.opendocument.presentation": FileKind.ODP,
}
MACRO_PARTS = ("vbaproject", "vbadata", "macrosheets/", "activex/", "basic/", "scripts/")
PREFIX = "application/vnd.openxmlformats-officedocument."


def kind_of(data: bytes) -> FileKind:
    """What kind of office document this is; raises `Unfit`."""
    _check_end(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_shape(archive)
            kind = _described(archive)
            _check_macros(archive.namelist())
            _read_all(archive)
            return kind
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise Unfit(Fault.BROKEN) from error


def _check_end(data: bytes) -> None:
    """The archive ends where the file does, and its list of entries is of bearable length."""
    if data[-END.size :][:4] != b"PK\x05\x06":
        raise Unfit(Fault.BROKEN)
    length = END.unpack(data[-END.size :])[1]
    if length > MOST_ENTRIES * LONGEST_ENTRY:
        raise Unfit(Fault.PACKED)


def _check_shape(archive: zipfile.ZipFile) -> None:
    """One archive from the first byte on, with entries that stand one after another."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    if not entries or entries[0].header_offset != 0:
        raise Unfit(Fault.BROKEN)
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        raise Unfit(Fault.BROKEN)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unfit(Fault.LOCKED)
    _check_size(entries)


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    """No bomb: few enough entries, none packed beyond reason, none that overlap."""
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_UNPACKED:
        raise Unfit(Fault.PACKED)
    for entry in entries:
        if entry.file_size > LARGE and entry.file_size > MOST_RATIO * entry.compress_size:
            raise Unfit(Fault.PACKED)
    for entry, following in itertools.pairwise(entries):
        if entry.header_offset + entry.compress_size > following.header_offset:
            raise Unfit(Fault.PACKED)


def _described(archive: zipfile.ZipFile) -> FileKind:
    """The kind as the archive's own description says; raises `Unfit` for any other archive."""
    names = archive.namelist()
    if names[0] == "mimetype":
        kind = OPEN.get(_entry(archive, "mimetype").strip())
        if kind is not None and "content.xml" in names:
            return kind
    if "[Content_Types].xml" in names:
        return _microsoft(_entry(archive, "[Content_Types].xml"))
    raise Unfit(Fault.UNKNOWN)


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LONGEST_DESCRIPTION:
        raise Unfit(Fault.PACKED)
    return archive.read(name)


def _microsoft(description: bytes) -> FileKind:
    try:
        root = ElementTree.fromstring(description)
    except (ElementTree.ParseError, ValueError) as error:
        raise Unfit(Fault.BROKEN) from error
    types = {element.get("ContentType", "") for element in root.iter()}
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in types):
        raise Unfit(Fault.MACROS)
    for kind in types:
        if kind.removeprefix(PREFIX) in MICROSOFT:
            return MICROSOFT[kind.removeprefix(PREFIX)]
    raise Unfit(Fault.UNKNOWN)


def _check_macros(names: list[str]) -> None:
    for name in names:
        lower = name.lower()
        if any(lower.startswith(part) or f"/{part}" in lower for part in MACRO_PARTS):
            raise Unfit(Fault.MACROS)


def _read_all(archive: zipfile.ZipFile) -> None:
    """What is unpacked is what was described: its size and its checksum."""
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while part.read(CHUNK):
                pass
