"""Passes: what a link in a mail gives one browser: to read one thread, and to reply in it.

Nobody is signed in by that. The bearer is asked for at each look: whoever may not read the
thread any more has a pass to nothing. It opens no connection, since whoever only bears a pass
could not be shut out of it at once.
"""

import time

from flask import session

from app.accounts.models import Account
from app.extensions import db
from app.forums.models import Thread
from app.permissions import SpaceRole
from app.spaces.identity import member_of, present_account
from app.spaces.models import Member

PASSES = "thread_passes"
LASTS = 24 * 3600  # seconds, if the browser is open for so long
MOST = 10  # in one browser


class Bearer(Member):
    """Somebody who came by a link: they read and reply, and change nothing that is there."""

    def wrote(self, thing: object) -> bool:
        """Nothing that they could edit or take back."""
        return False

    @property
    def sees_around(self) -> bool:
        """One thread, and nothing around it."""
        return False


def hand_out(thread_id: int, account: Account) -> None:
    """Let this browser read and answer this thread as this person, for a day at most."""
    kept = list(session.get(PASSES, {}).items())[-MOST + 1 :]
    ends = round(time.time()) + LASTS
    session[PASSES] = {**dict(kept), str(thread_id): [account.id, account.session_stamp, ends]}


def bearer_of(thread: Thread) -> Bearer | None:
    """Who bears a pass to exactly this thread on the other side, and may still read it."""
    account_id, stamp, ends = session.get(PASSES, {}).get(str(thread.id), (0, 0, 0))
    if ends < time.time() or thread.forum_id is None or present_account() is not None:
        return None
    account = db.session.get(Account, account_id)
    if account is None or not account.is_active or account.session_stamp != stamp:
        return None
    member = member_of(thread.forum.space, account)
    if member is None:
        return None
    reads_only = member.role == SpaceRole.READER
    return Bearer(account, member.space_id, SpaceRole.READER if reads_only else SpaceRole.MEMBER)
