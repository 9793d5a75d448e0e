"""Whatever is done to posts and threads: what lists show is what counting by hand gives."""

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.arranging import actions
from app.database import locked, transaction
from app.errors import DomainError
from app.extensions import db
from app.forums import actions as forum_actions
from app.forums import queries as forum_queries
from app.forums.models import Forum, Post, Reading, Thread
from app.moderation import actions as moderation
from app.permissions import SpaceRole
from app.richtext import RichText
from app.spaces.identity import member_of
from tests.factories import look_again, make_forum, make_member, make_space, make_thread

number = st.integers(0, 30)
deeds = st.lists(
    st.tuples(
        st.sampled_from(
            "write write write write read read hide restore withdraw split merge merge move "
            "hide_thread restore_thread".split()
        ),
        number,
        number,
    ),
    max_size=25,
)


class Everything:
    """Two forums, three threads, two people; each deed is done to what its numbers point to."""

    def __init__(self):
        self.space = make_space()
        self.forums = [make_forum(self.space, f"Forum {n}") for n in range(2)]
        self.people = [make_member(self.space, SpaceRole.COORDINATOR) for _ in range(2)]
        self.forum_ids = [forum.id for forum in self.forums]
        for n in range(3):
            make_thread(self.forums[n % 2], self.people[n % 2], f"Thread {n}")

    def member(self, n):
        return member_of(self.space, self.people[n % 2])

    def threads(self):
        query = select(Thread).where(Thread.forum_id.in_(self.forum_ids)).order_by(Thread.id)
        return db.session.scalars(query).all()

    def posts(self):
        return db.session.scalars(
            select(Post).where(Post.thread.has(Thread.forum_id.in_(self.forum_ids)))
        ).all()

    def do(self, deed, one, other):
        threads, posts = self.threads(), self.posts()
        thread, into = threads[one % len(threads)], threads[other % len(threads)]
        try:
            with transaction():
                getattr(self, deed)(thread.id, into.id, posts[one % len(posts)].id, other)
        except DomainError:
            pass  # refused: then nothing has changed

    def write(self, thread_id, _into, _post, n):
        words = RichText("Words", "<p>Words</p>")
        forum_actions.write_post(locked(Thread, thread_id), self.member(n), words, "")

    def read(self, thread_id, _into, post_id, n):
        last = db.session.get_one(Thread, thread_id).last_post_id
        key = {"account_id": self.people[n % 2].id, "thread_id": thread_id}
        db.session.merge(Reading(**key, post_id=min(last, post_id)))

    def hide(self, _thread, _into, post_id, n):
        moderation.hide_post(locked(Post, post_id), self.member(n), "Reason")

    def restore(self, _thread, _into, post_id, n):
        moderation.restore_post(locked(Post, post_id), self.member(n))

    def withdraw(self, _thread, _into, post_id, n):
        forum_actions.withdraw_post(locked(Post, post_id), self.member(n))

    def split(self, thread_id, _into, post_id, n):
        chosen = Post.id >= post_id if n % 2 else Post.id.in_([post_id, post_id + 2])
        actions.split(locked(Thread, thread_id), self.member(n), "New", chosen)

    def merge(self, thread_id, into_id, _post, n):
        actions.merge(locked(Thread, thread_id), self.member(n), locked(Thread, into_id))

    def move(self, thread_id, _into, _post, n):
        forum = db.session.get_one(Forum, self.forum_ids[n % 2])
        actions.move(locked(Thread, thread_id), self.member(n), forum)

    def hide_thread(self, thread_id, _into, _post, n):
        moderation.hide_thread(locked(Thread, thread_id), self.member(n), "Reason")

    def restore_thread(self, thread_id, _into, _post, n):
        moderation.restore_thread(locked(Thread, thread_id), self.member(n))


def counted_by_hand(thread):
    shown = [
        post.id
        for post in db.session.scalars(select(Post).where(Post.thread_id == thread.id))
        if post.hidden_at is None and post.withdrawn_at is None
    ]
    return len(shown), max(shown, default=0)


def check(everything):
    look_again()
    for thread in everything.threads():
        count, newest = counted_by_hand(thread)
        assert thread.post_count == count
        if thread.merged_into_id is None:
            assert thread.last_post_id == newest
        else:
            assert count == 0
    for id in everything.forum_ids:
        shown = [
            thread
            for thread in everything.threads()
            if (thread.forum_id, thread.hidden_at, thread.merged_into_id) == (id, None, None)
        ]
        assert db.session.get_one(Forum, id).thread_count == len(shown)


def new_posts(everything, person):
    """The posts that are new to somebody, one by one."""
    look_again()
    new = set()
    for thread in everything.threads():
        first = forum_queries.first_unread(person.id, thread.id)
        if first is not None:
            new |= {
                post.id
                for post in db.session.scalars(
                    select(Post).where(Post.thread_id == thread.id, Post.id >= first)
                )
                if post.account_id != person.id and not post.is_hidden
            }
    return new


@settings(max_examples=40)
@given(deeds)
def test_counts_are_what_counting_gives(app, given_deeds):
    everything = Everything()
    check(everything)
    for deed in given_deeds:
        everything.do(*deed)
        check(everything)


@settings(max_examples=40)
@given(deeds)
def test_nothing_new_is_lost_when_posts_change_their_thread(app, given_deeds):
    everything = Everything()
    for deed, one, other in given_deeds:
        before = [new_posts(everything, person) for person in everything.people]
        everything.do(deed, one, other)
        if deed not in ("split", "merge", "move"):
            continue
        after = [new_posts(everything, person) for person in everything.people]
        for was, now in zip(before, after, strict=True):
            assert was <= now
            if deed != "merge":
                assert was == now
