"""Mailing: what waits in the ledger is looked at once more, and goes out in one transaction.

What somebody may not read any more, has read meanwhile, or no longer wishes to hear of is not
sent; what is sent is the text as it stands now.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select, update

from app import clockwork, jobs
from app.accounts.models import Account
from app.database import dialect_insert, locked, now, transaction
from app.extensions import db
from app.forums.models import Post, Thread
from app.notifications import queries
from app.notifications.hours import next_digest
from app.notifications.letters import write_about_thread, write_digest
from app.notifications.levels import about_thread
from app.notifications.models import Level, NotificationEntry, Preferences, ThreadMail, Way
from app.notifications.queries import Told

AT_ONCE = 200  # mails in one round; the next look finds the others
KEPT = timedelta(days=180)  # how far the ledger reaches back

log = logging.getLogger(__name__)


@jobs.task
def send_waiting() -> None:
    """Write the mails about threads, and the digests, that are due."""
    for account_id, thread_id in queries.mails_due(AT_ONCE):
        each_by_itself(tell_about_thread, account_id, thread_id)
    for account_id in queries.digests_due(AT_ONCE):
        each_by_itself(tell_digest, account_id)


def each_by_itself(do: Callable[..., None], *args: int) -> None:
    """Do one piece in a transaction of its own; one that fails does not hold up the others."""
    try:
        with transaction():
            do(*args)
    except Exception:
        log.exception("%s%r failed", do.__name__, args)
    time.sleep(0)  # pages go first


@jobs.sweep
def find_due() -> None:
    """Have written what was gathered long enough, and what a restart has left."""
    if queries.mails_due(1) or queries.digests_due(1):
        jobs.later(send_waiting)


@clockwork.every(3600)
def drop_old() -> None:
    """Forget what people were told half a year ago."""
    old = NotificationEntry.created_at < now() - KEPT
    if db.session.scalar(select(NotificationEntry.post_id).where(old).limit(1)) is not None:
        with transaction() as session:
            session.execute(delete(NotificationEntry).where(old))


def tell_about_thread(account_id: int, thread_id: int) -> None:
    """Write to somebody about all of a thread that waits for it, unless another has just done."""
    in_thread = select(Post.id).where(Post.thread_id == thread_id)
    taken = _take(account_id, Way.MAIL, NotificationEntry.post_id.in_(in_thread))
    account, thread = db.session.get(Account, account_id), db.session.get(Thread, thread_id)
    if not taken or account is None or thread is None or not account.email:
        return
    if not queries.is_readable(account_id, thread_id):
        return
    setting = about_thread(account_id, thread)
    told = [one for one in queries.waiting(account_id, taken) if queries.fits(one, setting.level)]
    if setting.level == Level.DIGEST:
        _mark(account_id, told, waits_for=Way.DIGEST)
    elif told:
        _mark(account_id, told, told_by=Way.MAIL, told_at=now())
        _remember_mail(account_id, thread_id)
        write_about_thread(account, thread, told, setting)


def tell_digest(account_id: int) -> None:
    """Write somebody's digest, if it is due and there is anything in it."""
    preferences = locked(Preferences, account_id)
    if preferences.next_digest_at is None or preferences.next_digest_at > now():
        return
    preferences.next_digest_at = next_digest(preferences, now())
    taken = _take(account_id, Way.DIGEST)
    account = db.session.get_one(Account, account_id)
    if not taken or not account.is_active or not account.email:
        return
    told = [
        one
        for one in queries.waiting(account_id, taken)
        if about_thread(account_id, one.post.thread).level != Level.SILENT
    ]
    if told:
        _mark(account_id, told, told_by=Way.DIGEST, told_at=now())
        write_digest(account, queries.grouped(told), preferences)


def _take(account_id: int, way: Way, *conditions: ColumnElement[bool]) -> Sequence[int]:
    """The posts of which somebody waits to be told on this way; they wait no longer."""
    taken = (
        update(NotificationEntry)
        .where(
            NotificationEntry.account_id == account_id,
            NotificationEntry.waits_for == way,
            *conditions,
        )
        .values(waits_for=None)
        .returning(NotificationEntry.post_id)
    )
    return db.session.scalars(taken).all()


def _mark(account_id: int, told: Sequence[Told], **values: object) -> None:
    db.session.execute(
        update(NotificationEntry)
        .where(
            NotificationEntry.account_id == account_id,
            NotificationEntry.post_id.in_([one.post.id for one in told]),
        )
        .values(**values)
    )


def _remember_mail(account_id: int, thread_id: int) -> None:
    insert = dialect_insert(ThreadMail).values(
        account_id=account_id, thread_id=thread_id, last_at=now()
    )
    key = [ThreadMail.account_id, ThreadMail.thread_id]
    changed = {"last_at": insert.excluded.last_at}
    db.session.execute(insert.on_conflict_do_update(index_elements=key, set_=changed))
