"""Whatever happens to spaces and people: nobody is told, on any way, of what they cannot read."""

import random

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.database import now, transaction
from app.extensions import db
from app.forums.models import Post, Thread
from app.mail.models import Mail
from app.notifications import actions, mailing, queries
from app.notifications.models import Level, NotificationEntry, Preferences, Rhythm, ThreadMail
from app.notifications.spreading import spread_all
from app.permissions import SpaceRole
from app.spaces import actions as spaces
from app.spaces.identity import member_of
from app.spaces.models import Membership, Space
from tests.factories import make_account, make_forum, make_post, make_space, make_thread

STEPS = 60


class World:
    """Three spaces in a tree and one beside it, with people who come, go, write and choose."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        top = make_space("Top")
        self.spaces = [top.id]
        self.spaces += [make_space(f"S{n}", top, is_private=n == 1).id for n in range(2)]
        self.spaces += [make_space("Beside", allows_readers=True).id]
        self.people = [make_account(name=f"P{n}", password_hash="x").id for n in range(5)]
        self.threads = []

    def space(self):
        return db.session.get_one(Space, self.random.choice(self.spaces))

    def person(self):
        return db.session.get_one(Account, self.random.choice(self.people))

    def step(self):
        often = (self.join, self.write, self.begin, self.choose, self.spread, self.tell)
        self.random.choice([*often, *often, self.leave, self.turn, self.hide])()

    def join(self):
        with transaction():
            role = self.random.choice(list(SpaceRole))
            spaces.admit(self.space(), self.person(), role)

    def leave(self):
        with transaction():
            row = db.session.get(Membership, (self.space().id, self.person().id))
            if row:
                spaces.let_go(row)

    def turn(self):
        with transaction():
            spaces.set_privacy(self.space(), self.random.random() < 0.5)

    def begin(self):
        space, person = self.space(), self.person()
        if member_of(space, person):
            title = f"Thread {len(self.threads)} of space {space.id}"
            self.threads.append(make_thread(make_forum(space), person, title).id)

    def write(self):
        if self.threads:
            thread = db.session.get_one(Thread, self.random.choice(self.threads))
            person = self.person()
            if member_of(thread.forum.space, person):
                make_post(thread, person)

    def hide(self):
        post = db.session.scalars(select(Post).order_by(Post.id.desc()).limit(1)).first()
        with transaction():
            if post:
                db.session.get_one(Post, post.id).hidden_at = now()

    def choose(self):
        with transaction():
            level = self.random.choice([Level.ALL, Level.DIGEST])
            actions.keep_preferences(self.person().id, level=level, rhythm=Rhythm.DAILY)

    def spread(self):
        spread_all()

    def tell(self):
        with transaction():
            for row in db.session.scalars(select(Preferences)):
                row.next_digest_at = now()
            for row in db.session.scalars(select(ThreadMail)):
                db.session.delete(row)
        before = {mail.id for mail in db.session.scalars(select(Mail))}
        db.session.rollback()
        mailing.send_waiting()
        self.check_mails(before)

    def check_mails(self, before):
        titles = {
            thread.title: thread.id
            for thread in db.session.scalars(select(Thread).where(Thread.id.in_(self.threads)))
        }
        for mail in db.session.scalars(select(Mail)):
            if mail.id in before:
                continue
            reader = db.session.scalar(select(Account).where(Account.email == mail.recipient))
            for title, id in titles.items():
                if title in mail.subject + mail.text:
                    assert queries.is_readable(reader.id, id), (mail.recipient, title)

    def check_pages(self):
        for id in self.people:
            listed = queries.groups(id)
            for group in listed:
                assert queries.is_readable(id, group.thread.id)
                assert all(one.post.hidden_at is None for one in group.told)
            new = [group for group in listed if group.is_new]
            assert queries.counts([id]).get(id, 0) == len(new)


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_told_of_what_they_cannot_read(app, seed):
    world = World(seed)
    for _ in range(STEPS):
        world.step()
        db.session.rollback()
        world.check_pages()
        db.session.rollback()
    told = db.session.execute(select(NotificationEntry.account_id, NotificationEntry.post_id)).all()
    assert len(told) == len(set(told))
