"""A post leaves one line of work; from that, everybody who wishes and may is told, once."""

import pytest
from sqlalchemy import func, select

from app.composing.models import PostMention
from app.database import now, transaction
from app.extensions import db
from app.forums.models import Post, Thread
from app.notifications.models import Level, NotificationEntry, NotificationWork, Reason, Way
from app.notifications.spreading import _leave_work, spread_all
from app.permissions import SpaceRole
from app.spaces import actions as spaces
from tests.factories import (
    make_forum,
    make_member,
    make_post,
    make_space,
    make_thread,
)


def mention(post, account):
    with transaction():
        db.session.add(PostMention(post_id=post.id, account_id=account.id, name=account.name))
        _leave_work(post.id, is_new=False)


def reasons(account):
    rows = db.session.scalars(
        select(NotificationEntry)
        .where(NotificationEntry.account_id == account.id)
        .order_by(NotificationEntry.post_id)
    )
    return [(row.post_id, row.reason, row.waits_for) for row in rows]


def test_a_post_leaves_its_work_in_its_own_transaction(thread, ines):
    post = make_post(thread, ines)
    assert db.session.get(NotificationWork, post.id).is_new
    spread_all()
    assert db.session.scalar(select(func.count(NotificationWork.post_id))) == 0


def test_by_default_nobody_is_told_of_what_does_not_mean_them(thread, ines, mia, told):
    make_post(thread, ines)
    told()
    assert reasons(mia) == []


def test_whoever_is_named_is_told(thread, ines, mia, told):
    post = make_post(thread, ines)
    mention(post, mia)
    told()
    ((id, reason, _),) = reasons(mia)
    assert (id, reason) == (post.id, Reason.MENTION)


def test_whoever_is_answered_is_told(thread, ines, mia, told):
    theirs = make_post(thread, mia)
    answer = make_post(thread, ines, reply_to_id=theirs.id)
    told()
    assert [(id, reason) for id, reason, _ in reasons(mia)] == [(answer.id, Reason.REPLY)]


def test_whoever_began_the_thread_is_told_of_answers_to_it(thread, ines, mia, told):
    answer = make_post(thread, mia)
    make_post(thread, make_member(thread.forum.space), reply_to_id=answer.id)
    told()
    assert [(id, reason) for id, reason, _ in reasons(ines)] == [(answer.id, Reason.ANSWER)]


def test_nobody_is_told_of_their_own_post(thread, mia, wishes, told):
    wishes(mia, Level.ALL)
    make_post(thread, mia)
    told()
    assert reasons(mia) == []


def test_the_nearest_choice_counts(space, thread, ines, mia, wishes):
    wishes(mia, Level.SILENT)
    wishes(mia, Level.ALL, space)
    first = make_post(thread, ines)
    spread_all()
    wishes(mia, Level.SILENT, thread)
    make_post(thread, ines)
    spread_all()
    assert reasons(mia) == [(first.id, Reason.POST, Way.MAIL)]


def test_what_is_gathered_waits_for_the_digest(space, thread, ines, mia, wishes):
    wishes(mia, Level.DIGEST, space)
    post = make_post(thread, ines)
    spread_all()
    assert reasons(mia) == [(post.id, Reason.POST, Way.DIGEST)]


def test_the_silent_are_not_even_told_when_they_are_named(thread, ines, mia, wishes, told):
    wishes(mia, Level.SILENT)
    mention(make_post(thread, ines), mia)
    told()
    assert reasons(mia) == []


def test_a_name_added_later_tells_only_the_named(thread, ines, mia, wishes):
    cem = make_member(thread.forum.space, name="Cem Schuster")
    post = make_post(thread, ines)
    spread_all()
    wishes(cem, Level.ALL)
    mention(post, mia)
    spread_all()
    assert [reason for _, reason, _ in reasons(mia)] == [Reason.MENTION]
    assert reasons(cem) == []


def test_twice_spread_is_told_once(thread, ines, mia, wishes):
    wishes(mia, Level.ALL)
    post = make_post(thread, ines)
    spread_all()
    with transaction():
        _leave_work(post.id, is_new=True)
    spread_all()
    assert len(reasons(mia)) == 1


@pytest.mark.parametrize("what", ["hidden", "withdrawn", "thread"])
def test_nobody_is_told_of_what_is_gone_by_then(thread, ines, mia, wishes, what):
    wishes(mia, Level.ALL)
    post = make_post(thread, ines)
    with transaction():
        if what == "thread":
            db.session.get_one(Thread, thread.id).hidden_at = now()
        else:
            setattr(db.session.get_one(Post, post.id), f"{what}_at", now())
    spread_all()
    assert reasons(mia) == []


def test_outsiders_are_never_told(thread, ines, wishes, told):
    outsider = make_member(make_space("Elsewhere"), name="Ole")
    wishes(outsider, Level.ALL)
    mention(make_post(thread, ines), outsider)
    told()
    assert reasons(outsider) == []


def test_two_hundred_readers_cost_no_more_statements_than_one(thread, ines, statements, wishes):
    def spend(people):
        for _ in range(people):
            wishes(make_member(thread.forum.space), Level.ALL)
        make_post(thread, ines)
        statements.clear()
        spread_all()
        return len(statements)

    assert spend(1) == spend(20)


def test_a_reader_is_told_where_the_space_allows_readers(app, ines, wishes):
    space = make_space("Open", allows_readers=True)
    reader = make_member(space, SpaceRole.READER)
    with transaction():
        spaces.admit(space, ines)
    wishes(reader, Level.ALL)
    make_thread(make_forum(space), ines)
    spread_all()
    assert len(reasons(reader)) == 1
