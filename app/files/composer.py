"""The files of a post in its composer, and in its card: what `forums.parts` asks for."""

from collections.abc import Sequence

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from app.accounts.models import Account
from app.addresses import is_number
from app.database import locked, transaction
from app.extensions import db
from app.files import actions, queries, storage
from app.files.intake import take_in
from app.files.models import File
from app.forums.models import Post
from app.forums.parts import PostPart
from app.spaces.identity import present_account
from app.spaces.models import Member

LONGEST_PLACE = 40  # characters


def added(member: Member, upload: FileStorage, key: str, place: str) -> File:
    """Check a file, and let it wait in this composer; raises `Invalid` or `TooMany`."""
    earlier = actions.earlier_file(member, key)
    if earlier is not None:
        return earlier
    db.session.rollback()  # nothing is held in the database while the file is looked at
    taken = take_in(upload)
    try:
        with transaction():
            locked(Account, member.account_id)
            return actions.add_file(member, taken, key, place[:LONGEST_PLACE])
    except BaseException:
        storage.discard(taken.stored)
        raise


def waiting(place: str) -> Sequence[File]:
    """What the present person has added in this composer, or to the post that is edited in it."""
    account = present_account()
    return queries.in_composer(account.id, place) if account else ()


def _receive(member: Member, form: MultiDict[str, str]) -> None:
    """Without a script the files come with the text."""
    uploads = [upload for upload in request.files.getlist("files") if upload.filename]
    actions.require_few(uploads)  # before each of them is looked at
    for number, upload in enumerate(uploads):
        file = added(member, upload, f"{form.get('key', '')[:64]}.{number}", form.get("place", ""))
        form.add("file", str(file.id))


def _keep(post: Post, form: MultiDict[str, str]) -> None:
    """What was not sent by a composer with files leaves them as they are."""
    if "with-files" not in form:
        return
    ids = list(dict.fromkeys(int(id) for id in form.getlist("file") if is_number(id)))
    actions.set_files(post, ids, {id: form[f"alt-{id}"] for id in ids if f"alt-{id}" in form})


part = PostPart(
    "files",
    "files/_files.html",
    queries.of_posts,
    receive=_receive,
    keep=_keep,
    looks=lambda files: tuple((file.id, file.alt) for file in files),
    composer="files/_composer.html",
    place=20,
)
