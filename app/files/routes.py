"""The routes of files: add, take back, and fetch one."""

from pathlib import Path

from flask import Blueprint, Response, render_template, request, send_file
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.models import Account
from app.addresses import page_before
from app.database import found, locked, transaction
from app.errors import DomainError, Invalid, NeedsSignIn, NotFound
from app.extensions import db
from app.files import actions, queries, storage
from app.files.composer import added
from app.files.kinds import FileKind
from app.files.models import File
from app.limits import KEEPING, limited
from app.permissions import require
from app.realtime import Stream
from app.responses import done
from app.spaces.identity import present_account, somebody_in
from app.spaces.models import Space
from app.uploads import takes_files

bp = Blueprint("files", __name__)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",  # asked for again each time: who may read can change
}


@bp.post("/spaces/<int:space_id>/files")
@takes_files
@limited(KEEPING, "files")
def add(space_id: int) -> tuple[str, int]:
    """Add a file that waits to be sent with a post; the answer is its row in the composer."""
    _somebody()
    space = found(Space, space_id)
    member = somebody_in(space)
    require(member, "files.add", space)
    upload = request.files.get("file")
    if upload is None:
        raise Invalid
    try:
        file = added(member, upload, request.form["key"][:80], request.form.get("place", ""))
    except DomainError as error:
        db.session.rollback()
        refused = render_template("files/_refused.html", message=error.message)
        return refused, error.status
    return render_template("files/_row.html", file=file), 201


@bp.delete("/files/<int:file_id>")
def take_back(file_id: int) -> AnyResponse:
    """Delete a file that was not sent yet."""
    account = _somebody()
    with transaction():
        file = locked(File, file_id)
        if file.account_id != account.id or file.post_id is not None:
            raise NotFound
        actions.drop(file)
    return done(page_before(otherwise="/"), Stream("remove", f"file-row-{file_id}").markup())


@bp.get("/files/<int:file_id>")
def fetch(file_id: int) -> Response:
    """The file: pictures to look at, all others to be saved."""
    file = _opened(file_id)
    return _sent(storage.path_of(file), file.kind, file.name)


@bp.get("/files/<int:file_id>/preview")
def preview(file_id: int) -> Response:
    """The small picture of a picture."""
    file = _opened(file_id)
    if not file.kind.is_picture:
        raise NotFound
    return _sent(storage.preview_path_of(file), FileKind.WEBP, f"{file.name}.webp")


def _opened(file_id: int) -> File:
    account = present_account()
    return queries.open_to(account, file_id) if account else queries.open_to_bearer(file_id)


def _somebody() -> Account:
    account = present_account()
    if account is None:
        raise NeedsSignIn
    return account


def _sent(path: Path, kind: FileKind, name: str) -> Response:
    try:
        response = send_file(
            path, kind.media_type, as_attachment=not kind.is_picture, download_name=name
        )
    except FileNotFoundError as error:
        raise NotFound from error
    response.headers.update(HEADERS)
    return response
