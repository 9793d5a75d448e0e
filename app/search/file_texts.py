"""The texts of files, read beside the requests once a file stands with a post."""

import logging
import subprocess
import sys
from pathlib import Path

from sqlalchemy import func, select

from app.database import transaction
from app.extensions import db
from app.files.facts import FileKept
from app.files.kinds import PICTURES, FileKind
from app.files.models import File
from app.files.storage import path_of
from app.jobs import Waiting, backlog, later, sweep, task
from app.offload import run_apart
from app.outbox import follows
from app.search import reading, words
from app.search.indexing import bring_up_to_date

LONGEST_WAIT = 30  # seconds for one document
AT_ONCE = 5

log = logging.getLogger(__name__)


@follows(FileKept)
def _file_kept(fact: FileKept) -> None:
    later(read_file, fact.file_id)


@sweep
def find_unread() -> None:
    """Read what nobody has read yet."""
    unread = select(File.id).where(File.text.is_(None), File.post_id.is_not(None))
    ids = db.session.scalars(unread.order_by(File.id).limit(AT_ONCE)).all()
    db.session.rollback()
    for id in ids:
        later(read_file, id)


@backlog("files")
def waiting() -> Waiting:
    """Files whose text nobody has read yet."""
    unread = File.text.is_(None) & File.post_id.is_not(None)
    return select(func.count(), func.min(File.created_at)).where(unread)


@task
def read_file(file_id: int) -> None:
    """Read a file, and let it be found by what stands in it; read twice, nothing is different."""
    file = db.session.get(File, file_id)
    if file is None or file.text is not None:
        return
    kind, path = file.kind, path_of(file)
    db.session.rollback()
    text = text_of(kind, path)
    words.remember(run_apart(words.stems_in, text))  # the index needs them at once
    with transaction() as session:
        here = session.get(File, file_id)
        if here is not None:
            here.text = text
            session.flush()
            bring_up_to_date({"file": [file_id]})  # here, where the stems are known


def text_of(kind: FileKind, path: Path) -> str:
    """What stands in a document; of one that cannot be read, what was read until then."""
    if kind in PICTURES:
        return ""
    with subprocess.Popen(  # noqa: S603 - our own program, and a path that is ours, too
        [sys.executable, "-I", reading.__file__, kind.value, str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        try:
            said, wrong = program.communicate(timeout=LONGEST_WAIT)
        except subprocess.TimeoutExpired:
            program.kill()
            said, wrong = program.communicate()[0], b"it took too long"
    if program.returncode:
        reason = wrong.decode(errors="replace").strip().splitlines()[-1:] or ["it was stopped"]
        kind_of_fault = reason[0].partition(":")[0]  # the rest may be what stands in it
        log.warning("cannot read all of a %s (%s): %s", kind, path.name, kind_of_fault[:200])
    return str(said.decode("utf-8", "replace").replace("\x00", "").strip())
