"""Delivery: what is due is claimed, sent, and marked; what fails is tried again later.

The claim is committed before the letter goes, so no other process sends it meanwhile, and a
restart between the two only makes it later. Each attempt carries the same Message-ID.
"""

import logging
import threading
from datetime import timedelta

from flask import current_app
from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app import clockwork, jobs
from app.database import now, transaction
from app.extensions import db
from app.mail.models import Mail
from app.mail.smtp import Connection, Rejected, Server

KEPT = timedelta(days=30)

log = logging.getLogger(__name__)
_at_work = threading.Lock()


@jobs.task
def send_due() -> None:
    """Send what is due, unless a round is under way in this process, which finds it too."""
    if current_app.extensions["settings"].smtp_url is None:
        return
    if _at_work.acquire(blocking=False):
        try:
            deliver()
        finally:
            _at_work.release()


@jobs.sweep
def find_due() -> None:
    """Have sent what a restart, or a round that had just ended, has left."""
    if current_app.extensions["settings"].smtp_url is None or _at_work.locked():
        return
    if db.session.scalar(select(Mail.id).where(_due()).limit(1)) is not None:
        jobs.later(send_due)


@jobs.backlog("mails")
def waiting() -> jobs.Waiting:
    """Letters that have not gone and will be tried, now or again."""
    to_come = Mail.sent_at.is_(None) & Mail.next_try_at.is_not(None)
    return select(func.count(), func.min(Mail.created_at)).where(to_come)


@clockwork.every(3600)
def drop_old() -> None:
    """Forget letters of a month ago."""
    old = Mail.created_at < now() - KEPT
    if db.session.scalar(select(Mail.id).where(old).limit(1)) is not None:
        with transaction() as session:
            session.execute(delete(Mail).where(old))


def deliver() -> int:
    """Send the letters that are due, until none is left or one fails; returns how many went."""
    settings = current_app.extensions["settings"]
    gone = 0
    with Connection(Server.from_url(settings.smtp_url), settings.mail_from) as connection:
        while (mail := _claimed()) is not None and _attempt(connection, mail):
            gone += 1
    return gone


def _claimed() -> Mail | None:
    """The next letter that is due, ours from now on; others pass over what is being claimed."""
    with transaction() as session:
        mail = session.scalar(
            select(Mail).where(_due()).order_by(Mail.id).limit(1).with_for_update(skip_locked=True)
        )
        if mail is not None:
            mail.claim()
        return mail


def _attempt(connection: Connection, mail: Mail) -> bool:
    """Whether it has gone; if not, the next round goes on with the next one."""
    try:
        connection.send(mail)
    except Rejected as error:
        _failed(mail, error, for_good=True)
    except OSError as error:
        _failed(mail, error, for_good=False)
    else:
        with transaction():
            mail.has_gone()
        return True
    return False


def _failed(mail: Mail, error: Exception, *, for_good: bool) -> None:
    log.warning("mail %d was not taken; its row says why", mail.id)  # with the address, at times
    with transaction():
        mail.has_failed(str(error), for_good=for_good)
        if mail.next_try_at is not None:
            jobs.later(send_due, delay=mail.next_try_at - now())


def _due() -> ColumnElement[bool]:
    return and_(
        Mail.sent_at.is_(None),
        Mail.next_try_at <= now(),
        or_(Mail.good_until.is_(None), Mail.good_until > now()),
    )
