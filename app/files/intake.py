"""What comes in: checked and put into the store beside the event loop, before any transaction."""

import re
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from flask import current_app
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage

from app.errors import Invalid
from app.files import storage
from app.files.content import examine
from app.files.kinds import Fault, FileKind, Unfit
from app.offload import run_aside
from app.submissions import one_line
from config import MEGABYTE

LONGEST_NAME = 120  # characters
NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
KNOWN_ENDINGS = frozenset({*FileKind, "jpeg", "gif", "tsv"})
SENTENCES = {
    Fault.EMPTY: _l("The file is empty."),
    Fault.UNKNOWN: _l(
        "This kind of file is not taken. Possible are PDF, Word, Excel, PowerPoint, "
        "LibreOffice, text, CSV and pictures (JPEG, PNG, WebP, GIF)."
    ),
    Fault.PHONE_PICTURE: _l(
        "This picture has a format that many devices cannot show (HEIC). "
        "Please save it as JPEG and add that."
    ),
    Fault.BROKEN: _l("The file is damaged, or is not what it says. Please save it anew."),
    Fault.LOCKED: _l("The file is protected by a password. Please save it without one."),
    Fault.MACROS: _l("The file contains macros. Please save it without them, for instance as PDF."),
    Fault.SCRIPTS: _l("The PDF contains a program. Please print it into a new PDF and add that."),
    Fault.PACKED: _l("The file is packed in a way that is not taken. Please save it anew."),
    Fault.TOO_MANY_PIXELS: _l("The picture is too large. Please make it smaller."),
}
_at_once = BoundedSemaphore(2)  # a picture takes up to 200 MB while it is drawn anew


@dataclass(frozen=True)
class Taken:
    """A file in the store that no row tells of yet."""

    name: str
    kind: FileKind
    stored: str
    size: int
    width: int | None
    height: int | None

    @property
    def columns(self) -> dict[str, Any]:
        """What its row says."""
        return dict(vars(self))


def take_in(upload: FileStorage) -> Taken:
    """Check a file and put it into the store; raises `Invalid` with a sentence that names it."""
    settings = current_app.extensions["settings"]
    name = tidy_name(upload.filename or "")
    with _at_once:
        taken = run_aside(_take_in, upload.stream, name, settings.files, settings.upload_limit)
    if isinstance(taken, Fault):
        raise Invalid(_l("%(name)s: %(reason)s", name=name, reason=_sentence(taken)))
    return taken


def _take_in(source: BinaryIO, name: str, folder: Path, most: int) -> Taken | Fault:
    """In a thread of its own, which logs what is raised in it: so faults are returned."""
    data = source.read(most + 1)
    if len(data) > most:
        return Fault.TOO_LARGE
    try:
        fit = examine(data, name)
    except Unfit as error:
        return error.fault
    stored = storage.keep(folder, fit.data, fit.preview)
    return Taken(_named(name, fit.kind), fit.kind, stored, len(fit.data), fit.width, fit.height)


def _sentence(fault: Fault) -> Any:
    if fault == Fault.TOO_LARGE:
        most = current_app.extensions["settings"].upload_limit // MEGABYTE
        return _l("The file is larger than %(most)d MB.", most=most)
    return SENTENCES[fault]


def tidy_name(name: str) -> str:
    """A name without folders, and without letters that some systems cannot keep."""
    last = re.split(r"[/\\]", name)[-1]
    return NOT_IN_NAMES.sub("", one_line(last)).strip(". ")[-LONGEST_NAME:] or "file"


def _named(name: str, kind: FileKind) -> str:
    """The name with the ending that its content asks for; a strange one stays, but not last."""
    stem, dot, ending = name.rpartition(".")
    if not dot or ending.lower() not in KNOWN_ENDINGS:
        stem = name
    return f"{stem or 'file'}.{kind}"
