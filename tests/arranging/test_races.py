"""Several people at once: whoever waits for a lock sees what the other has done."""

import random

import pytest

from app.database import locked, transaction
from app.extensions import db
from app.forums.models import Forum, Post, Thread
from app.permissions import SpaceRole
from app.spaces import actions as space_actions
from tests.arranging.test_counts import counted_by_hand
from tests.factories import look_again, make_thread
from tests.together import failures, together

only_postgresql = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


def statuses(group, *requests):
    results = together(group.app, *[lambda r=r: r().status_code for r in requests])
    assert failures(results) == []
    return results


def counts_are_right(group):
    look_again()
    for thread in db.session.query(Thread).filter(Thread.merged_into_id.is_(None)):
        assert (thread.post_count, thread.last_post_id) == counted_by_hand(thread)
    for forum in db.session.query(Forum):
        shown = db.session.query(Thread).filter_by(
            forum_id=forum.id, merged_into_id=None, hidden_at=None
        )
        assert forum.thread_count == shown.count()


@only_postgresql
@pytest.mark.parametrize("attempt", range(3))
def test_no_post_is_taken_after_its_thread_is_closed(group, attempt):
    people = [group.as_author, group.as_member, group.as_second]
    url = f"/threads/{group.thread.id}"
    writes = [
        lambda p=p, n=n: p.post(f"{url}/posts", {"text": f"Post {n}", "key": f"k{n}"})
        for n, p in enumerate(people * 2)
    ]
    random.Random(attempt).shuffle(writes)
    close = lambda: group.as_coordinator.post(f"{url}/closure")  # noqa: E731
    answers = statuses(group, *writes[:3], close, *writes[3:])
    assert answers.pop(3) == 303
    assert set(answers) <= {303, 409}
    look_again()
    assert db.session.get_one(Thread, group.thread.id).post_count == 1 + answers.count(303)
    assert db.session.query(Post).count() == 1 + answers.count(303)


@only_postgresql
def test_a_post_that_holds_the_thread_makes_closing_wait_for_it(group):
    """The order of the locks, without luck: the thread is closed after what it has taken."""
    import threading

    from app.arranging import actions
    from app.forums import actions as forum_actions
    from app.richtext import RichText
    from app.spaces.identity import member_of

    holding, may_go, order = threading.Event(), threading.Event(), []
    thread_id, author, coordinator = group.thread.id, group.author, group.coordinator
    author_member = member_of(group.space, author)
    coordinator_member = member_of(group.space, coordinator)

    def write():
        with transaction():
            thread = locked(Thread, thread_id)
            holding.set()
            may_go.wait(10)
            words = RichText("In time", "<p>In time</p>")
            forum_actions.write_post(thread, author_member, words, "k")
            order.append("written")

    def close():
        holding.wait(10)
        with transaction():
            threading.Timer(0.2, may_go.set).start()
            actions.set_closed(locked(Thread, thread_id), coordinator_member, True)
            order.append("closed")

    assert failures(together(group.app, write, close)) == []
    assert order == ["written", "closed"]


@only_postgresql
@pytest.mark.parametrize("attempt", range(3))
def test_two_threads_merged_into_each_other_at_once_are_one(group, attempt):
    other = make_thread(group.forum, group.member, "Opening times")
    one_id, other_id = group.thread.id, other.id
    first, second = group.as_coordinator, group.as_second
    answers = statuses(
        group,
        lambda: first.post(f"/threads/{one_id}/merging", {"into": other_id}),
        lambda: second.post(f"/threads/{other_id}/merging", {"into": one_id}),
    )
    assert sorted(answers) == [303, 409]
    counts_are_right(group)


@only_postgresql
@pytest.mark.parametrize("attempt", range(3))
def test_posts_that_are_withdrawn_hidden_and_split_at_once_are_counted_once(group, attempt):
    posts = [group.post(f"Post {n}") for n in range(4)]
    urls = [f"/posts/{post.id}" for post in posts]
    form = {"title": "New", "reach": "onwards", "posts": [posts[2].id]}
    deeds = [
        lambda: group.as_author.delete(urls[0]),
        lambda: group.as_coordinator.post(f"{urls[0]}/hiding", {"reason": "Rude"}),
        lambda: group.as_author.delete(urls[2]),
        lambda: group.as_second.post(f"/threads/{group.thread.id}/parts", form),
        lambda: group.as_member.post(
            f"/threads/{group.thread.id}/posts", {"text": "More", "key": "k"}
        ),
    ]
    random.Random(attempt).shuffle(deeds)
    answers = statuses(group, *deeds)
    assert set(answers) <= {303, 404, 409}
    counts_are_right(group)


@only_postgresql
@pytest.mark.parametrize("attempt", range(3))
def test_nobody_writes_where_a_thread_has_gone_without_them(group, attempt):
    with transaction():
        space_actions.admit(group.other_space, group.coordinator, SpaceRole.COORDINATOR)
    url = f"/threads/{group.thread.id}"
    write = [
        lambda n=n: group.as_member.post(f"{url}/posts", {"text": f"Post {n}", "key": f"k{n}"})
        for n in range(4)
    ]
    move = lambda: group.as_coordinator.post(  # noqa: E731
        f"{url}/place", {"forum": group.other_forum.id}
    )
    answers = statuses(group, *write[:2], move, *write[2:])
    assert answers.pop(2) == 303
    assert set(answers) <= {303, 404}
    counts_are_right(group)
    assert group.as_member.get(url).status_code == 404


@only_postgresql
def test_threads_moved_both_ways_at_once_do_not_block_each_other(group):
    threads = [make_thread(group.forum, group.member, f"There {n}") for n in range(2)]
    threads += [make_thread(group.second_forum, group.member, f"Back {n}") for n in range(2)]
    targets = [group.second_forum.id] * 2 + [group.forum.id] * 2
    ids = [thread.id for thread in threads]
    answers = statuses(
        group,
        *[
            lambda i=i, f=f: group.as_coordinator.post(f"/threads/{i}/place", {"forum": f})
            for i, f in zip(ids, targets, strict=True)
        ],
    )
    assert answers == [303] * 4
    counts_are_right(group)


@only_postgresql
@pytest.mark.parametrize("attempt", range(3))
def test_forums_put_in_order_by_two_people_at_once_do_not_block_each_other(group, attempt):
    urls = [f"/forums/{forum.id}/place" for forum in (group.forum, group.second_forum)] * 2
    moves = [
        lambda u=u, to=to: group.as_coordinator.post(u, {"to": to})
        for u, to in zip(urls, ["down", "up", "up", "down"], strict=True)
    ]
    random.Random(attempt).shuffle(moves)
    assert statuses(group, *moves) == [303] * 4
    places = [
        forum.position for forum in db.session.query(Forum).filter_by(space_id=group.space.id)
    ]
    assert len(set(places)) == len(places)


@only_postgresql
@pytest.mark.parametrize("attempt", range(3))
def test_two_coordinators_who_depose_each_other_at_once_leave_one(group, attempt):
    with transaction():
        space_actions.admit(group.space, group.second, SpaceRole.COORDINATOR)
    people = f"/spaces/{group.space.id}/people"
    urls = [f"{people}/{account.id}/role" for account in (group.second, group.coordinator)]
    deeds = [
        lambda: group.as_coordinator.post(urls[0], {"role": "member"}),
        lambda: group.as_second.post(urls[1], {"role": "member"}),
    ]
    random.Random(attempt).shuffle(deeds)
    assert sorted(statuses(group, *deeds)) == [303, 403]
