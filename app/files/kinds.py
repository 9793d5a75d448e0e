"""What files may be, and what can be wrong with one that comes in."""

from dataclasses import dataclass
from enum import StrEnum


class FileKind(StrEnum):
    """A kind of file as its content says; the value is the ending of its name."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    TXT = "txt"
    CSV = "csv"
    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"

    @property
    def media_type(self) -> str:
        """What the browser is told that it is."""
        return _MEDIA_TYPES[self]

    @property
    def is_picture(self) -> bool:
        """Whether it was drawn anew by us, so that pages may show it."""
        return self in PICTURES


PREVIEW_SIDE = 640  # pixels, at most
PICTURES = frozenset({FileKind.PNG, FileKind.JPEG, FileKind.WEBP})
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.PPTX: f"{_OFFICE}.presentationml.presentation",
    FileKind.ODT: f"{_OPEN}.text",
    FileKind.ODS: f"{_OPEN}.spreadsheet",
    FileKind.ODP: f"{_OPEN}.presentation",
    FileKind.TXT: "text/plain",
    FileKind.CSV: "text/csv",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.WEBP: "image/webp",
}


class Fault(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    UNKNOWN = "unknown"
    PHONE_PICTURE = "phone picture"
    BROKEN = "broken"
    LOCKED = "locked"
    MACROS = "macros"
    SCRIPTS = "scripts"
    PACKED = "packed"
    TOO_MANY_PIXELS = "too many pixels"


class Unfit(Exception):
    """Raised by the checks."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: its bytes as they are kept, which for pictures are new ones."""

    kind: FileKind
    data: bytes
    preview: bytes | None = None  # a small WebP
    width: int | None = None
    height: int | None = None
