"""One account's files: to take along, and to delete."""

from pathlib import Path
from typing import Any

from app.accounts.models import Account
from app.accounts.own_data import OwnPart
from app.files import actions, storage
from app.files.queries import of_account


def export(account: Account) -> list[dict[str, Any]]:
    """What they have added, with the number of the post that each stands with."""
    return [
        {
            "id": file.id,
            "name": file.name,
            "description": file.alt,
            "post": file.post_id,
            "created_at": file.created_at.isoformat(),
        }
        for file in of_account(account.id)
    ]


def delete(account: Account, keep_words: bool) -> None:
    """What stands with a post that stays, stays with it, as a former member's."""
    for file in of_account(account.id):
        if file.post_id is None or not keep_words:
            actions.drop(file)
        else:
            file.account_id = None


def files(account: Account) -> list[tuple[str, Path]]:
    """Each by its number and name, since two can have the same."""
    return [
        (f"files/{file.id}-{file.name}", storage.path_of(file)) for file in of_account(account.id)
    ]


part = OwnPart("files", export, delete, files)
