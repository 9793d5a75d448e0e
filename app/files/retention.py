"""What becomes of files that nobody sent, and of the bytes of those that are gone."""

import logging
import time
from datetime import timedelta

from sqlalchemy import delete, select

from app import clockwork
from app.database import now, transaction
from app.extensions import db
from app.files import actions, storage
from app.files.models import File, Leftover
from app.forums.facts import PostChanged
from app.forums.models import Post
from app.offload import run_aside
from app.outbox import follows

KEPT_WAITING = timedelta(days=1)
AT_ONCE = 200

log = logging.getLogger(__name__)


@follows(PostChanged)
def _withdrawn(fact: PostChanged) -> None:
    """Who takes a post back takes its files back, too."""
    post = db.session.get(Post, fact.post_id)
    if post is not None and post.is_withdrawn:
        actions.drop_all(db.session.scalars(select(File).where(File.post_id == post.id)).all())


@clockwork.every(600)
def drop_unsent() -> None:
    """Delete what was added and never sent."""
    unsent = (File.post_id.is_(None), File.created_at < now() - KEPT_WAITING)
    if db.session.scalar(select(File.id).where(*unsent).limit(1)) is None:
        return
    with transaction() as session:
        found = session.scalars(select(File).where(*unsent).limit(AT_ONCE).with_for_update())
        actions.drop_all(found.all())


@clockwork.every(30)
def delete_leftovers() -> None:
    """Delete the bytes of files that are certainly gone."""
    names = db.session.scalars(select(Leftover.stored).limit(AT_ONCE)).all()
    db.session.rollback()
    if not names:
        return
    for name in names:
        storage.discard(name)
    with transaction() as session:
        session.execute(delete(Leftover).where(Leftover.stored.in_(names)))


@clockwork.every(86400)
def sweep() -> None:
    """Delete bytes that no row knows: a server stopped between the two, or a space was deleted."""
    yesterday = time.time() - KEPT_WAITING.total_seconds()
    old = run_aside(storage.older_than, storage.root(), yesterday)
    known = set(db.session.scalars(select(File.stored)))
    db.session.rollback()
    for name in old - known:
        log.info("deleting %s, which belongs to no file", name)
        storage.discard(name)
