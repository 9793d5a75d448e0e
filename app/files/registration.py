"""What the application needs from files."""

from flask import Flask
from flask_babel import format_decimal
from flask_babel import lazy_gettext as _l

from app import uploads
from app.accounts import own_data as account_data
from app.files import composer, own_data, retention  # noqa: F401
from app.files.kinds import FileKind
from app.files.routes import bp
from app.forums import parts
from config import MEGABYTE

KIND_NAMES = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "Word",
    FileKind.XLSX: "Excel",
    FileKind.PPTX: "PowerPoint",
    FileKind.ODT: _l("Text document"),
    FileKind.ODS: _l("Spreadsheet"),
    FileKind.ODP: _l("Presentation"),
    FileKind.TXT: _l("Text"),
    FileKind.CSV: "CSV",
    FileKind.PNG: _l("Picture"),
    FileKind.JPEG: _l("Picture"),
    FileKind.WEBP: _l("Picture"),
}
ACCEPTED = ",".join(
    f".{ending}" for ending in (*FileKind, "jpeg", "gif", "heic")
)  # what the system's own dialogue offers; HEIC so that we can say what to do about it


def register(app: Flask) -> None:
    """Attach the routes, and the part of posts."""
    uploads.init_app(app)
    parts.register(composer.part)
    account_data.register(own_data.part)
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        file_kinds=KIND_NAMES,
        accepted_files=ACCEPTED,
        upload_limit=app.extensions["settings"].upload_limit,
        files_waiting=composer.waiting,
    )
    app.jinja_env.filters["filesize"] = filesize


def filesize(size: int) -> str:
    """A number of bytes as people read it, in their language."""
    if size < MEGABYTE:
        return f"{format_decimal(max(1, round(size / 1024)))} kB"
    return f"{format_decimal(size / MEGABYTE, '0.#')} MB"
