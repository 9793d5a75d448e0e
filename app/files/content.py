"""What a file is, by its content alone; the checks of each kind have a module of their own."""

from app.files import office, pdf, pictures, plain
from app.files.kinds import Examined, Fault, FileKind, Unfit

PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"})


def examine(data: bytes, name: str) -> Examined:
    """What may be kept of these bytes; raises `Unfit`. The name only tells CSV from other text."""
    if not data:
        raise Unfit(Fault.EMPTY)
    if data.startswith(b"%PDF-"):
        pdf.check(data)
        return Examined(FileKind.PDF, data)
    if data.startswith(b"PK\x03\x04"):
        return Examined(office.kind_of(data), data)
    if data.startswith(PICTURE_STARTS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return pictures.drawn_anew(data)
    if data[4:8] == b"ftyp" and data[8:12] in HEIF_BRANDS:
        raise Unfit(Fault.PHONE_PICTURE)
    plain.check(data)
    is_table = name.lower().endswith((".csv", ".tsv"))
    return Examined(FileKind.CSV if is_table else FileKind.TXT, data)
