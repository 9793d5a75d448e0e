"""All that is one account's own: to take along, and to delete.

Each feature adds its part here when it is imported; what is an event's is in `app.events.own_data`.
"""

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from app.accounts import participations, queries
from app.accounts.models import Account
from app.events import own_data


def _no_files(_account: Account) -> Sequence[tuple[str, Path]]:
    return ()


@dataclass(frozen=True)
class OwnPart:
    """One feature's part of an account's data."""

    name: str
    export: Callable[[Account], Any]  # plain values
    delete: Callable[[Account, bool], None]  # inside a transaction; whether the words may stay
    files: Callable[[Account], Sequence[tuple[str, Path]]] = _no_files  # names, and where they are


_parts: list[OwnPart] = []


def register(part: OwnPart) -> None:
    """Add a feature's part."""
    if part not in _parts:
        _parts.append(part)


def delete(account: Account, *, keep_words: bool) -> None:
    """Take this person out of everything; what they wrote may stay as a former member's."""
    for part in _parts:
        part.delete(account, keep_words)


def files(account: Account) -> Iterator[tuple[str, Path]]:
    """The files that go along with the export: their names there, and where they are."""
    for part in _parts:
        yield from part.files(account)


def export(account: Account) -> dict[str, Any]:
    """The account, its access, and what it wrote in each event, as plain values."""
    return {
        "account": {
            "email": account.email,
            "name": account.name,
            "function": account.function,
            "help_with": account.help_with,
            "municipality": account.municipality.name if account.municipality else None,
            "language": account.language,
            "standing": account.standing.value,
            "created_at": account.created_at.isoformat(),
        },
        "access_tokens": [
            {"name": token.name, "created_at": token.created_at.isoformat()}
            for token in queries.tokens_of(account)
        ],
        **{part.name: part.export(account) for part in _parts},
        "events": [own_data.export(person) for person in participations.of(account)],
    }


def archived(data: str, files: Sequence[tuple[str, Path]]) -> IO[bytes]:
    """An archive of the export and the files; it takes time, and is deleted once it is closed."""
    archive = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("dialograum.json", data, zipfile.ZIP_DEFLATED)
        for name, path in files:
            if path.exists():
                written.write(path, name)
    archive.seek(0)
    return archive
