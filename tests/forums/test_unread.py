"""What is new: right after anything that people do, and never more than it is."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from app.database import transaction
from app.extensions import db
from app.forums import actions, queries
from app.forums.counting import count_posts
from app.forums.models import Post, Reading, Thread
from app.permissions import SpaceRole
from app.spaces.models import Member, Membership
from tests.conftest import empty
from tests.factories import make_forum, make_member, make_post, make_space, make_thread
from tests.forums.spaces import fill


def test_what_others_write_is_new_until_it_is_read(world, ada, ben):
    thread = world.thread(ada)
    post = make_post(thread, ada.account)
    assert "2 new" in ben.page(f"/forums/{thread.forum_id}")
    assert (
        ben.post(f"/threads/{thread.id}/reading", {"post": thread.last_post_id}).status_code == 204
    )
    assert "1 new" not in ben.page(f"/forums/{thread.forum_id}")
    assert post.id == db.session.get_one(Reading, (ben.account.id, thread.id)).post_id


def test_ones_own_is_not_new(world, ada):
    thread = world.thread(ada)
    assert queries.unread_by_thread(ada.account.id, [thread.id]) == {}


def test_what_stood_there_before_one_came_is_not_new(world, ada):
    thread = world.thread(ada)
    late = world.person("Late")
    assert queries.unread_by_thread(late.account.id, [thread.id]) == {}
    make_post(thread, ada.account)
    assert queries.unread_by_thread(late.account.id, [thread.id]) == {thread.id: 1}


def test_reading_never_goes_back(world, ada, ben):
    thread = world.thread(ada)
    ids = [make_post(thread, ada.account).id for _ in range(3)]
    for id in (ids[2], ids[0]):
        ben.post(f"/threads/{thread.id}/reading", {"post": id})
    assert queries.unread_by_thread(ben.account.id, [thread.id]) == {}


def test_the_jump_leads_to_the_first_new_post_and_then_to_the_newest(world, ada, ben):
    thread = world.thread(ada)
    ids = fill(thread, ada.account, 80)
    ben.post(f"/threads/{thread.id}/reading", {"post": ids[9]})
    answer = ben.get(f"/threads/{thread.id}/unread")
    assert answer.location == f"/threads/{thread.id}?at={ids[10]}#post-{ids[10]}"
    ben.post(f"/threads/{thread.id}/reading", {"post": ids[-1]})
    assert ben.get(f"/threads/{thread.id}/unread").location.endswith(f"#post-{ids[-1]}")


def test_nobody_counts_beyond_a_hundred(world, ada, ben):
    thread = world.thread(ada)
    fill(thread, ada.account, 150)
    assert queries.unread_by_thread(ben.account.id, [thread.id]) == {thread.id: 100}
    assert "more than 99 new" in ben.page(f"/forums/{thread.forum_id}")


def test_a_whole_forum_and_a_whole_space_are_marked_as_read(world, ada, ben):
    one, other = world.thread(ada), world.thread(ada)
    ben.post(f"/forums/{one.forum_id}/reading")
    assert queries.unread_by_thread(ben.account.id, [one.id, other.id]) == {other.id: 1}
    ben.post(f"/spaces/{world.space.id}/reading")
    assert queries.unread_by_space(ben.account.id, [world.space.id]) == {}
    make_post(one, ada.account)
    assert queries.unread_by_forum(ben.account.id, [one.forum_id]) == {one.forum_id: 1}


def test_the_front_page_says_what_is_new_for_me(world, ada, ben):
    thread = world.thread(ada, "How do we reach the council?")
    page = ben.page(f"/spaces/{world.space.id}")
    assert f'href="/threads/{thread.id}/unread">How do we reach the council?' in page
    assert "You have read everything" in ada.page(f"/spaces/{world.space.id}")


def test_programs_ask_only_about_what_they_may_read(world, ada, ben, ole, browser):
    thread = world.thread(ada)
    url = f"/unread?thread={thread.id},999,x&forum={thread.forum_id}"
    expected = {"thread": {str(thread.id): 1}, "forum": {str(thread.forum_id): 1}}
    assert ben.get(url).json == expected
    assert ole.get(url).json == {"thread": {}, "forum": {}}
    assert browser().get(url).status_code == 401


def test_outsiders_and_nobody_read_nothing(world, ada, ole, browser):
    thread = world.thread(ada)
    for url in (f"/threads/{thread.id}/reading", f"/forums/{thread.forum_id}/reading"):
        assert ole.post(url, {"post": thread.last_post_id}).status_code == 404
        assert browser().post(url, data={"post": thread.last_post_id}).status_code == 401
    other = world.thread(ada)
    answer = ada.post(f"/threads/{thread.id}/reading", {"post": other.last_post_id})
    assert answer.status_code == 404


def test_without_a_script_opening_a_window_reads_it(world, ada, ben):
    thread = world.thread(ada)
    assert f"/threads/{thread.id}/reading?post={thread.last_post_id}" in ben.page(
        f"/threads/{thread.id}"
    )
    assert ben.get(f"/threads/{thread.id}/reading?post={thread.last_post_id}").status_code == 204
    assert queries.unread_by_thread(ben.account.id, [thread.id]) == {}


class Readers(RuleBasedStateMachine):
    """Two people write, withdraw, hide, show again and read; each count is what a child counts."""

    @initialize()
    def begin(self) -> None:
        empty()
        self.space = make_space()
        self.people = [make_member(self.space) for _ in range(2)]
        forums = [make_forum(self.space) for _ in range(2)]
        self.threads = [make_thread(forum, self.people[0]) for forum in (*forums, forums[0])]

    def _post(self, choice: int) -> Post:
        posts = db.session.query(Post).order_by(Post.id).all()
        return posts[choice % len(posts)]

    @rule(thread=st.integers(0, 2), who=st.integers(0, 1))
    def write(self, thread: int, who: int) -> None:
        make_post(self.threads[thread], self.people[who])

    @rule(choice=st.integers(0, 50))
    def withdraw(self, choice: int) -> None:
        post = self._post(choice)
        if not post.is_withdrawn:
            with transaction():
                post = db.session.get_one(Post, post.id)
                author = Member(post.account, self.space.id, SpaceRole.MEMBER)
                actions.withdraw_post(post, author)

    @rule(choice=st.integers(0, 50), hidden=st.booleans())
    def hide(self, choice: int, hidden: bool) -> None:
        with transaction():
            post = self._post(choice)
            if not post.is_withdrawn and (post.hidden_at is not None) != hidden:
                post.hide(hidden)
                count_posts(post.thread, -1 if hidden else 1)

    @rule(choice=st.integers(0, 50), who=st.integers(0, 1))
    def read(self, choice: int, who: int) -> None:
        with transaction():
            post = self._post(choice)
            actions.note_reading(post.thread, self.people[who].id, post.id)

    @rule(thread=st.integers(0, 2), forum=st.integers(0, 2))
    def move(self, thread: int, forum: int) -> None:
        with transaction():
            target = db.session.get_one(Thread, self.threads[forum].id).forum
            db.session.get_one(Thread, self.threads[thread].id).forum = target

    @rule(who=st.integers(0, 1), thread=st.integers(0, 2))
    def read_forum(self, who: int, thread: int) -> None:
        with transaction():
            forum = db.session.get_one(Thread, self.threads[thread].id).forum
            actions.read_forum(forum, self.people[who].id)

    @rule(who=st.integers(0, 1))
    def read_space(self, who: int) -> None:
        with transaction():
            actions.read_space(self.space.id, self.people[who].id)

    @invariant()
    def the_counts_are_right(self) -> None:
        if not hasattr(self, "threads"):
            return
        db.session.rollback()
        db.session.expire_all()
        for person in self.people:
            new = self._new_to(person.id)
            ids = [thread.id for thread in self.threads]
            naive = {id: len(new[id]) for id in ids if new[id]}
            assert queries.unread_by_thread(person.id, ids) == naive
            by_forum: dict[int, int] = {}
            for id in naive:
                forum_id = db.session.get_one(Thread, id).forum_id
                by_forum[forum_id] = by_forum.get(forum_id, 0) + 1
            forum_ids = [forum.id for forum in queries.forums_of(self.space)]
            assert queries.unread_by_forum(person.id, forum_ids) == by_forum
            in_space = {self.space.id: len(naive)} if naive else {}
            assert queries.unread_by_space(person.id, [self.space.id]) == in_space
            rows = queries.unread_rows(person.id, self.space.id, 10)
            assert {row.thread.id for row in rows} == set(naive)
            for id in ids:
                assert queries.first_unread(person.id, id) == min(new[id], default=None)

    def _new_to(self, account_id: int) -> dict[int, list[int]]:
        floor = db.session.get_one(Membership, (self.space.id, account_id)).read_floor
        new: dict[int, list[int]] = {}
        for thread in self.threads:
            reading = db.session.get(Reading, (account_id, thread.id))
            known = max(floor, reading.post_id if reading else 0)
            new[thread.id] = [
                post.id
                for post in db.session.query(Post).filter_by(thread_id=thread.id)
                if post.id > known and post.account_id != account_id and not post.is_hidden
            ]
        return new


@pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_counts_are_what_a_child_would_count(app):
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Readers,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=checks
        ),
    )
