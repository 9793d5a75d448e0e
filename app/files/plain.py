"""Plain text, and tables as text: nothing that any program takes for more than that."""

import re

import puremagic

from app.files.kinds import Fault, Unfit

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MARKUP = re.compile(r"\s*<[!?/a-z]", re.IGNORECASE)
ACTIVE = re.compile(r"<\s*(script|iframe|svg|html|object|embed)\b", re.IGNORECASE)
SURE = 0.4  # of what puremagic says; below it takes two letters for a signature
HEAD = 4096  # characters in which a program looks for markup


def check(data: bytes) -> None:
    """Raise `Unfit` unless this is text, and no web page, program or other format."""
    text = _decoded(data)
    head = text[:HEAD]
    if CONTROL.search(text) or MARKUP.match(head) or ACTIVE.search(head) or _is_known(data):
        raise Unfit(Fault.UNKNOWN)


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unfit(Fault.UNKNOWN)


def _is_known(data: bytes) -> bool:
    """Whether it begins like something else than text."""
    try:
        matches = puremagic.magic_string(data[:HEAD])
    except (puremagic.PureError, ValueError):
        return False
    return any(m.confidence >= SURE and m.extension not in (".txt", ".csv") for m in matches)
