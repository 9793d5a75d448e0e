"""The store: a folder with the bytes of files, under names that say nothing about them."""

import contextlib
import os
import re
import secrets
from pathlib import Path

from flask import current_app

from app.files.models import File

PREVIEW = ".preview"
NAME = re.compile(r"[0-9a-f]{32}")


def root() -> Path:
    """The folder of the store."""
    return Path(current_app.extensions["settings"].files)


def path_of(file: File) -> Path:
    """Where the bytes of this file are."""
    return place(root(), file.stored)


def preview_path_of(file: File) -> Path:
    """Where the small picture of this picture is."""
    return place(root(), file.stored + PREVIEW)


def place(folder: Path, stored: str) -> Path:
    """Where something is kept under this name: no folder holds too much."""
    return folder / stored[:2] / stored[2:]


def keep(folder: Path, data: bytes, preview: bytes | None) -> str:
    """Put bytes into the store, for good once this returns; the name under which they are."""
    stored = secrets.token_hex(16)
    _write(place(folder, stored), data)
    if preview is not None:
        _write(place(folder, stored + PREVIEW), preview)
    return stored


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def discard(stored: str) -> None:
    """Take bytes out of the store; nothing is wrong if they are gone already."""
    for name in (stored, stored + PREVIEW):
        with contextlib.suppress(FileNotFoundError):
            place(root(), name).unlink()


def older_than(folder: Path, moment: float) -> set[str]:
    """The names under which something was put into a store before this moment."""
    found = set()
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        with contextlib.suppress(FileNotFoundError):
            name = NAME.match(path.parent.name + path.name)
            if name and path.stat().st_mtime < moment:
                found.add(name[0])
    return found
