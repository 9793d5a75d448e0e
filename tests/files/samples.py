"""Files of all kinds, made for tests: honest ones, and disguised ones."""

import io
import zipfile
from typing import Any

from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
GPS = 0x8825
ORIENTATION = 0x0112


def picture(
    format: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **settings: Any
) -> bytes:
    """A picture, red at its left and blue at its right."""
    drawn = Image.new(mode, size, "red")
    drawn.paste("blue", (size[0] // 2, 0, *size))
    file = io.BytesIO()
    drawn.save(file, format, **settings)
    return file.getvalue()


def photo(orientation: int = 6, size: tuple[int, int] = (40, 30)) -> bytes:
    """What a camera writes: a picture that lies on its side, and where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "Secret Camera"
    exif[GPS] = {1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)}
    return picture("JPEG", size, exif=exif, comment=b"Secret comment")


def pdf(objects: bytes = b"1 0 obj<</Type/Catalog>>endobj\n") -> bytes:
    """As much of a PDF as the check looks for."""
    return b"%PDF-1.7\n" + objects + b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def archive(entries: dict[str, bytes | str], **settings: Any) -> bytes:
    """A ZIP archive, packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **settings) as written:
        for name, content in entries.items():
            written.writestr(name, content)
    return file.getvalue()


def office(kind: str = WORD, more: dict[str, bytes | str] | None = None) -> bytes:
    """A document of Microsoft's make."""
    types = (
        '<?xml version="1.0"?><Types '
        'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/main.xml" ContentType="{kind}"/></Types>'
    )
    return archive({"[Content_Types].xml": types, "main.xml": "<main>Words</main>", **(more or {})})


def open_document(kind: str = "text", more: dict[str, bytes | str] | None = None) -> bytes:
    """A document of LibreOffice's make."""
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": "<office/>",
            **(more or {}),
        }
    )
